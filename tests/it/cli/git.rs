//! Git in the clone of a stranger: no program that its configuration names is run, and no secret reaches git.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use super::{GOOD, Project, Run, SECRET};

/// The folders of programs, as tests that need them pass them on.
pub(super) const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// Runs git as the user would, without settings of this machine.
fn git(folder: &Path, words: &[&str]) -> Run {
    let mut command = Command::new("git");
    command.env_clear().env("PATH", PATH).current_dir(folder);
    command.args(["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"]);
    Run::of(command.args(words))
}

pub(super) fn good(folder: &Path, words: &[&str]) -> String {
    let run = git(folder, words);
    assert_eq!(run.code, 0, "{words:?}: {}", run.shown());
    run.out.trim().to_owned()
}

/// A repository with one commit, whose template was changed afterwards.
fn repository() -> Project {
    let project = Project::new().with("watpl.yaml", "templates: [templates]\n");
    let folder = project.0.path();
    good(folder, &["init", "-q"]);
    good(folder, &["add", "."]);
    good(folder, &["commit", "-qm", "begin"]);
    project.with("templates/order_shipped.yaml", GOOD.replace("soon", "today"))
}

/// Every command that asks git for the state of files.
const ASKING: [&str; 3] = ["lint --changed-since HEAD", "breaking --against HEAD", "compile"];

/// Settings that run a program when git compares files, and calls of plain git that show it.
#[test]
fn i01_no_program_of_the_repository_is_run() {
    let marker = "touch ran; exit 1";
    let hostile: [(&str, &[&str], &str, &[&str]); 9] = [
        ("fsmonitor", &["core.fsmonitor"], marker, &["status"]),
        ("clean filter", &["filter.x.clean"], "touch ran; cat", &["diff"]),
        ("process filter", &["filter.x.process"], marker, &["diff"]),
        ("required filter", &["filter.x.clean", "filter.x.required"], "touch ran; cat", &["diff"]),
        ("filter without a name", &["filter..clean"], "touch ran; cat", &["diff"]),
        ("external diff", &["diff.external"], marker, &["diff"]),
        ("diff driver", &["diff.x.command"], marker, &["diff"]),
        ("textconv", &["diff.x.textconv"], "touch ran; cat", &["diff"]),
        ("filter of an included file", &["include.path"], "hostile", &["diff"]),
    ];
    for (what, keys, value, plain) in hostile {
        let project = repository();
        let attribute = if what == "filter without a name" { "filter=" } else { "filter=x diff=x" };
        let project = project
            .with("templates/.gitattributes", format!("*.yaml {attribute}\n"))
            .with(".git/hostile", "[filter \"x\"]\n\tclean = touch ran; cat\n");
        let folder = project.0.path();
        for key in keys {
            let value = if key.ends_with("required") { "true" } else { value };
            good(folder, &["config", key, value]);
        }
        // This test could not fail if plain git did not run it.
        git(folder, plain);
        let ran = project.path("ran");
        assert!(ran.exists(), "{what} does nothing");
        fs::remove_file(&ran).expect("the marker is removed");
        for arguments in ASKING {
            let run = project.run(arguments);
            run.assert(0, &[]);
            assert!(!ran.exists(), "{what} ran with `{arguments}`");
        }
        assert!(project.run("lint --changed-since HEAD --select blank-body").code == 0);
    }
}

#[test]
fn i01_no_hook_is_run() {
    let project = repository();
    let folder = project.0.path();
    for hooks in [".git/hooks", "hooks"] {
        for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout"] {
            let path = project.path(&format!("{hooks}/{hook}"));
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(&path, "#!/bin/sh\ntouch ran\n").expect("a hook is written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
        }
    }
    for setting in ["", "hooks"] {
        if !setting.is_empty() {
            good(folder, &["config", "core.hooksPath", setting]);
        }
        // The index is out of date, so plain git writes it again.
        git(folder, &["update-index", "--really-refresh"]);
        git(folder, &["status"]);
        let ran = project.path("ran");
        assert!(ran.exists(), "plain git runs no hook");
        fs::remove_file(&ran).expect("the marker is removed");
        for arguments in ASKING {
            fs::write(folder.join("templates/order_shipped.yaml"), GOOD).expect("a file");
            Run::of(&mut command(folder, arguments)).assert(0, &[]);
            assert!(!ran.exists(), "a hook ran with `{arguments}`");
        }
        fs::write(folder.join("templates/order_shipped.yaml"), GOOD.replace("soon", "now")).expect("a file");
    }
}

fn command(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(super::PROGRAM);
    command.env_clear().env("PATH", PATH).env("NO_COLOR", "1").current_dir(folder);
    command.args(arguments.split_whitespace());
    command
}

/// A repository in the repository has a configuration of its own.
#[test]
fn i01_no_program_of_a_submodule_is_run() {
    let project = repository();
    let folder = project.0.path();
    let sub = project.path("templates/sub");
    fs::create_dir_all(&sub).expect("a folder");
    good(&sub, &["init", "-q"]);
    fs::write(sub.join("a.yaml"), GOOD.replace("order_shipped", "a").replace("soon", "later"))
        .expect("a file");
    good(&sub, &["add", "."]);
    good(&sub, &["commit", "-qm", "sub"]);
    good(folder, &["add", "templates/sub"]);
    good(folder, &["commit", "-qm", "with a submodule"]);
    good(&sub, &["config", "core.fsmonitor", "touch ran; false"]);
    good(folder, &["config", "submodule.recurse", "true"]);
    good(folder, &["config", "diff.ignoreSubmodules", "none"]);
    git(folder, &["status"]);
    let ran = sub.join("ran");
    assert!(ran.exists(), "plain git does not look into it");
    fs::remove_file(&ran).expect("the marker is removed");
    for arguments in ["lint --changed-since HEAD", "breaking --against HEAD"] {
        let run = project.run(arguments);
        assert!([0, 1].contains(&run.code), "{}", run.shown());
        assert!(!ran.exists(), "it ran with `{arguments}`");
    }
}

/// A repository of another user: git's own protection stays, and so does the user's list of exceptions.
#[test]
fn i02_a_repository_of_another_user_needs_safe_directory() {
    let project = repository();
    let owner = fs::metadata(project.0.path()).map(|metadata| std::os::unix::fs::MetadataExt::uid(&metadata));
    if owner.expect("a folder") != 0 {
        // Only the superuser can give files away.
        return;
    }
    let given = Command::new("chown").arg("-R").arg("12345").arg(project.0.path()).status();
    assert!(given.expect("chown runs").success());
    let home = Project::empty();
    let run = |home: &Project| {
        let mut command = command(project.0.path(), "lint --changed-since HEAD");
        Run::of(command.env("HOME", home.0.path()))
    };
    run(&home).assert(2, &["another user owns the repository", "git config --global --add safe.directory"]);
    let home = home.with(".gitconfig", "[safe]\n\tdirectory = *\n");
    run(&home).assert(0, &[]);
}

/// A filter that cannot be switched off from outside stops the comparison.
#[test]
fn i01_a_filter_with_an_unusable_name_is_refused() {
    let project = repository();
    let text = fs::read_to_string(project.path(".git/config")).expect("a text");
    let project = project
        .with(".git/config", text + "[filter \"a=b\"]\n\tclean = touch ran; cat\n")
        .with("templates/.gitattributes", "*.yaml filter=a=b\n");
    for arguments in ["lint --changed-since HEAD", "breaking --against HEAD"] {
        project.run(arguments).assert(2, &["unusable name: `a=b`"]);
    }
    assert!(!project.path("ran").exists());
}

/// Git LFS is such a filter: the user's own configuration names it, and often the repository's as well.
#[test]
fn i02_filters_of_the_user_stay() {
    let project = Project::new().with("templates/.gitattributes", "*.yaml filter=lower\n");
    let home = Project::empty()
        .with(".gitconfig", "[filter \"lower\"]\n\tclean = sed s/ORDER/order/\n\tsmudge = cat\n");
    let folder = project.0.path();
    let with_home = |mut command: Command| {
        let run = Run::of(command.env("HOME", home.0.path()));
        run.assert(0, &[]);
        run
    };
    let mut add = Command::new("git");
    add.env_clear().env("PATH", PATH).current_dir(folder).args(["add", "."]);
    good(folder, &["init", "-q"]);
    with_home(add);
    good(folder, &["commit", "-qm", "begin"]);
    // Stored as it was; only the working copy is in upper case.
    fs::write(project.path("templates/order_shipped.yaml"), GOOD.replace("Your order", "Your ORDER"))
        .expect("a file");
    good(folder, &["config", "filter.lower.clean", "touch ran; cat"]);
    let run = with_home(command(folder, "lint --changed-since HEAD --format json"));
    assert!(run.out.contains("\"diagnostics\": []"), "{}", run.shown());
    let run = with_home(command(folder, "breaking --against HEAD --format json"));
    assert!(run.out.contains("\"diagnostics\": []"), "{}", run.shown());
    assert!(!project.path("ran").exists());
}

/// The clone of a hostile folder: `sub` is a bare repository with a program in its configuration.
#[test]
fn i03_a_bare_repository_in_the_clone_is_not_used() {
    let project = repository();
    let folder = project.0.path();
    good(folder, &["config", "core.fsmonitor", "touch ran; false"]);
    good(folder, &["config", "core.worktree", "."]);
    let outer = Project::empty();
    let sub = outer.path("sub");
    fs::create_dir(&sub).expect("a folder");
    for name in ["HEAD", "config", "objects", "refs", "index", "../templates", "../watpl.yaml"] {
        let copied = Command::new("cp").arg("-r").arg(folder.join(".git").join(name)).arg(&sub).status();
        assert!(copied.expect("cp runs").success());
    }
    good(outer.0.path(), &["init", "-q"]);
    good(outer.0.path(), &["add", "-Af"]);
    good(outer.0.path(), &["commit", "-qm", "hostile"]);
    git(&sub, &["status"]);
    assert!(sub.join("ran").exists(), "plain git does not use it");
    fs::remove_file(sub.join("ran")).expect("the marker is removed");
    for arguments in ASKING {
        Run::of(&mut command(&sub, arguments)).assert(0, &[]);
        assert!(!sub.join("ran").exists(), "it ran with `{arguments}`");
    }
    // What is compared is the repository around it.
    fs::write(sub.join("templates/order_shipped.yaml"), GOOD.replace("name:", "nam:")).expect("a file");
    Run::of(&mut command(&sub, "lint --changed-since HEAD")).assert(1, &["nam"]);
    // Alone, it is no repository.
    let alone = Project::empty();
    let moved = Command::new("cp").arg("-r").arg(&sub).arg(alone.path("sub")).status();
    assert!(moved.expect("cp runs").success());
    Run::of(&mut command(&alone.path("sub"), "lint --changed-since HEAD"))
        .assert(2, &["the project is not in a git repository"]);
}

/// A folder `.git` that is no repository doesn't make git take one further up.
#[test]
fn i03_no_repository_above_the_project_is_used() {
    let outer = repository();
    let project = outer.path("inner");
    fs::create_dir_all(project.join(".git")).expect("a folder");
    fs::create_dir_all(project.join("templates")).expect("a folder");
    fs::write(project.join("templates/a.yaml"), GOOD).expect("a file");
    fs::write(project.join("watpl.yaml"), "templates: [templates]\n").expect("a file");
    Run::of(&mut command(&project, "lint --changed-since HEAD")).assert(2, &["is not a git repository"]);
}

/// `core.worktree` may name any folder; the files compared are those of the project.
#[test]
fn i03_the_work_tree_is_the_clone() {
    let project = repository();
    let elsewhere = Project::empty().with("templates/secret_name.yaml", GOOD);
    let path = elsewhere.0.path().to_string_lossy().into_owned();
    good(project.0.path(), &["config", "core.worktree", &path]);
    fs::write(project.path("templates/order_shipped.yaml"), GOOD.replace("name:", "nam:")).expect("a file");
    project.run("lint --changed-since HEAD").assert(1, &["nam"]);
}

/// Files that never end, where git looks for patterns and an order.
#[test]
fn i04_endless_files_are_not_read() {
    let project = repository();
    for key in ["core.attributesFile", "core.excludesFile", "diff.orderFile"] {
        good(project.0.path(), &["config", key, "/dev/zero"]);
    }
    for arguments in ASKING {
        project.run(arguments).assert(0, &[]);
    }
}

/// A clone without the history that it is compared with.
#[test]
fn i05_a_shallow_clone_says_what_is_missing() {
    let project = repository();
    good(project.0.path(), &["commit", "-qam", "second"]);
    let first = good(project.0.path(), &["rev-parse", "HEAD~1"]);
    let clone = Project::empty();
    let url = format!("file://{}", project.0.path().display());
    good(clone.0.path(), &["clone", "-q", "--depth", "1", &url, "."]);
    for arguments in ["lint --changed-since", "breaking --against"] {
        for revision in ["HEAD~1", &first, "origin/other"] {
            let run = Run::of(&mut command(clone.0.path(), &format!("{arguments} {revision}")));
            run.assert(2, &[&format!("`{revision}`"), "this clone is shallow", "fetch-depth: 0"]);
        }
    }
    // A commit without a common ancestor.
    good(clone.0.path(), &["fetch", "-q", "--depth", "1", &url, &first]);
    let run = Run::of(&mut command(clone.0.path(), "breaking --against FETCH_HEAD"));
    run.assert(2, &["HEAD and `FETCH_HEAD` have no common ancestor", "this clone is shallow"]);
}

/// Objects that only a server has: git would run the program that the repository names to fetch them.
#[test]
fn i05_a_partial_clone_fetches_nothing() {
    let project = repository();
    good(project.0.path(), &["commit", "-qam", "second"]);
    good(project.0.path(), &["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", project.0.path().display());
    for filter in ["blob:none", "tree:0"] {
        let clone = Project::empty();
        let folder = clone.0.path();
        good(folder, &["clone", "-q", &format!("--filter={filter}"), &url, "."]);
        good(folder, &["config", "remote.origin.url", "ssh://host.example/x"]);
        good(folder, &["config", "core.sshCommand", "touch ran; false"]);
        good(folder, &["config", "protocol.ssh.allow", "always"]);
        let ran = clone.path("ran");
        assert_ne!(git(folder, &["show", "HEAD~1:templates/order_shipped.yaml"]).code, 0);
        assert!(ran.exists(), "plain git fetches nothing");
        fs::remove_file(&ran).expect("the marker is removed");
        let run = Run::of(&mut command(folder, "breaking --against HEAD~1"));
        run.assert(2, &["`HEAD~1`", "this clone is partial", "--no-filter"]);
        Run::of(&mut command(folder, "lint --changed-since HEAD")).assert(0, &[]);
        assert!(!ran.exists(), "{filter}: a program was run");
        // The help helps.
        good(folder, &["config", "remote.origin.url", &url]);
        good(folder, &["fetch", "-q", "--refetch", "--no-filter"]);
        Run::of(&mut command(folder, "breaking --against HEAD~1")).assert(0, &[]);
    }
}

#[test]
fn i06_what_is_no_revision_is_not_passed_on() {
    let project = repository();
    for arguments in ["lint --changed-since", "breaking --against", "diff --changed-since"] {
        for (revision, words) in [
            ("--output=ran", "is not a git revision"),
            ("-", "is not a git revision"),
            ("", "is not a git revision"),
            ("nonsense", "unknown git revision `nonsense`"),
            ("HEAD..HEAD", "unknown git revision"),
            ("^HEAD", "unknown git revision"),
            ("HEAD:templates", "git cannot compare with"),
        ] {
            let (command, option) = arguments.split_once(' ').expect("two words");
            let mut command = project.command(command);
            Run::of(command.arg(format!("{option}={revision}"))).assert(2, &[words]);
        }
    }
    assert!(!project.path("ran").exists());
    project.run("breaking --against :/begin").assert(0, &[]);
}

/// A program in place of git that writes down its environment.
fn spy(project: &Project, folder: &str) -> String {
    let path = project.path(&format!("{folder}/git"));
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
    let out = project.path("environment");
    fs::write(&path, format!("#!/bin/sh\nenv >> {}\nexec /usr/bin/git \"$@\"\n", out.display()))
        .expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    path.parent().expect("a folder").to_string_lossy().into_owned()
}

#[test]
fn i07_git_gets_no_secrets() {
    let project = repository();
    let tools = Project::empty();
    let bin = spy(&tools, "bin");
    let mut command = project.command("lint --changed-since HEAD");
    command.env("PATH", format!("{bin}:{PATH}"));
    for name in [
        "WATPL_TOKEN",
        "GITHUB_TOKEN",
        "CI_JOB_TOKEN",
        "MY_SECRET",
        "PGPASSWORD",
        "AWS_SECRET_ACCESS_KEY",
        "AZURE_CLIENT_ID",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "ACTIONS_RUNTIME_TOKEN",
        "https_proxy",
        "HTTP_PROXY",
    ] {
        command.env(name, SECRET);
    }
    for (index, (key, value)) in [
        ("http.https://host.example/.extraheader", SECRET),
        ("safe.directory", "*"),
        (&format!("url.https://x:{SECRET}@host.example/.insteadOf"), "https://host.example/"),
    ]
    .into_iter()
    .enumerate()
    {
        command.env(format!("GIT_CONFIG_KEY_{index}"), key).env(format!("GIT_CONFIG_VALUE_{index}"), value);
    }
    command.env("GIT_CONFIG_COUNT", "3").env("LANG", "C.UTF-8").env("SSH_AUTH_SOCK", "kept");
    Run::of(&mut command).assert(0, &[]);
    let environment = fs::read_to_string(tools.path("environment")).expect("git ran");
    assert!(!environment.contains(SECRET), "{environment}");
    for kept in ["safe.directory", "GIT_CONFIG_COUNT=3", "SSH_AUTH_SOCK=kept", "PATH=", "GIT_NO_LAZY_FETCH=1"]
    {
        assert!(environment.contains(kept), "{kept}: {environment}");
    }
}

#[test]
fn i07_git_is_not_looked_up_in_the_clone() {
    let project = repository();
    spy(&project, ".");
    for path in [format!(".:{PATH}"), format!(":{PATH}"), format!("./:{PATH}")] {
        let mut command = project.command("lint --changed-since HEAD");
        Run::of(command.env("PATH", path)).assert(0, &[]);
        assert!(!project.path("environment").exists(), "a program of the clone was taken for git");
    }
    let mut command = project.command("lint --changed-since HEAD");
    Run::of(command.env("PATH", ".")).assert(2, &["the program `git` was not found"]);
}

/// A hook of the user runs watpl with the repository in its environment, also in a folder below.
#[test]
fn i08_in_a_hook_of_the_user_the_same_files_are_compared() {
    let outer = repository();
    let folder = outer.0.path();
    for path in ["shop/templates/a.yaml", "shop/watpl.yaml"] {
        let text = if path.ends_with("a.yaml") {
            GOOD.replace("name:", "nam:")
        } else {
            "templates: [templates]\n".into()
        };
        fs::create_dir_all(outer.path(path).parent().expect("a folder")).expect("a folder is made");
        fs::write(outer.path(path), text).expect("a file");
    }
    for (arguments, code) in
        [("lint --changed-since HEAD", 0), ("--config shop/watpl.yaml lint --changed-since HEAD", 1)]
    {
        let mut command = command(folder, arguments);
        command.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index").env("GIT_PREFIX", "");
        Run::of(&mut command).assert(code, &[]);
        Run::of(command.env("GIT_DIR", "/nonexistent")).assert(code, &[]);
    }
    // In a linked work tree as well.
    good(folder, &["add", "-A"]);
    good(folder, &["commit", "-qm", "shop"]);
    let linked = Project::empty();
    good(folder, &["worktree", "add", "-q", &linked.path("tree").to_string_lossy()]);
    let tree = linked.path("tree/shop");
    Run::of(&mut command(&tree, "lint --changed-since HEAD")).assert(0, &[]);
    fs::write(tree.join("templates/b.yaml"), GOOD.replace("body:", "boddy:")).expect("a file");
    Run::of(&mut command(&tree, "lint --changed-since HEAD")).assert(1, &["boddy"]);
}

/// State that came with the clone is not believed.
#[test]
fn i09_a_tracked_state_folder_is_refused() {
    let project = repository();
    project.run("push").assert(0, &["1 done"]);
    project.run("status").assert(0, &[]);
    let folder = project.0.path();
    good(folder, &["add", "-f", ".watpl"]);
    for arguments in ["push", "diff", "sync", "pull", "status", "wait", "audit", "push plan.json"] {
        fs::write(project.path("plan.json"), "{}").expect("a file");
        let before = good(folder, &["status", "--porcelain"]);
        let run = project.run(arguments);
        if arguments != "push plan.json" {
            run.assert(2, &["the folder `.watpl` is tracked by git", "git rm -r --cached .watpl"]);
        }
        assert_eq!(good(folder, &["status", "--porcelain"]), before, "{arguments} wrote something");
    }
    project.run("doctor").assert(2, &["the folder `.watpl` is tracked by git"]);
    for arguments in ["lint", "compile", "breaking --against HEAD"] {
        project.run(arguments).assert(0, &[]);
    }
    // Another spelling is the same folder on some systems; another folder is not.
    good(folder, &["rm", "-qr", "--cached", ".watpl"]);
    project.run("diff").assert(0, &[]);
    let project = project.with("other/.watpl/x", "").with(".watpl2/x", "");
    good(project.0.path(), &["add", "-f", "other", ".watpl2"]);
    project.run("diff").assert(0, &[]);
    let project = project.with(".WATPL/x", "");
    good(project.0.path(), &["add", "-f", ".WATPL"]);
    project.run("diff").assert(2, &["is tracked by git"]);
    // Without git there is nothing to ask.
    Run::of(project.command("diff").env("PATH", "/nonexistent")).assert(0, &[]);
}

/// A repository with one commit, in a folder next to a secret of the user.
fn archive() -> Project {
    let project = Project::new().with("secret", "machine api.example password hunter2-canary\n");
    let git = |words: &str| {
        let mut command = std::process::Command::new("git");
        command.args(words.split(' ')).current_dir(project.0.path());
        assert!(command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git runs").status.success());
    };
    git("init -q");
    git("add templates");
    git("-c user.name=a -c user.email=a@example.com commit -qm x");
    project
}

#[test]
fn i20_what_git_quotes_of_a_file_is_not_shown() {
    for name in ["shallow", "packed-refs"] {
        let project = archive();
        let quoted = project.path("secret");
        std::os::unix::fs::symlink(&quoted, project.path(&format!(".git/{name}"))).expect("a link");
        for arguments in ["lint --changed-since HEAD", "breaking --against HEAD", "diff --changed-since HEAD"]
        {
            let run = project.run(arguments);
            run.assert(2, &[&format!("`.git` has a symbolic link at `{name}`")]);
            assert!(!run.shown().contains("hunter2"), "{}", run.shown());
        }
        // The same without a link: whatever git quotes is not shown.
        std::fs::remove_file(project.path(&format!(".git/{name}"))).expect("removed");
        std::fs::copy(&quoted, project.path(&format!(".git/{name}"))).expect("a copy");
        let run = project.run("lint --changed-since HEAD");
        assert!(run.code == 2 && !run.shown().contains("hunter2"), "{}", run.shown());
    }
}

#[test]
fn i21_a_git_file_does_not_lead_to_another_repository() {
    let (private, project) = (archive(), Project::new());
    let folder = private.path(".git").to_string_lossy().into_owned();
    std::fs::write(project.path(".git"), format!("gitdir: {folder}\n")).expect("a file");
    project
        .run("breaking --against HEAD")
        .assert(2, &["points to a repository that does not point back to this folder"]);
    std::fs::remove_file(project.path(".git")).expect("removed");
    std::os::unix::fs::symlink(&folder, project.path(".git")).expect("a link");
    project.run("breaking --against HEAD").assert(2, &["`.git` is a symbolic link"]);
    std::fs::remove_file(project.path(".git")).expect("removed");
    std::fs::create_dir(project.path(".git")).expect("a folder");
    std::fs::write(project.path(".git/HEAD"), "ref: refs/heads/master\n").expect("a file");
    std::fs::write(project.path(".git/commondir"), format!("{folder}\n")).expect("a file");
    project.run("breaking --against HEAD").assert(2, &["has a `commondir`"]);
}

#[test]
fn i22_pipes_that_git_would_wait_for_are_refused() {
    for name in [".gitattributes", ".git/info/attributes", ".git/packed-refs"] {
        let project = archive();
        drop(std::fs::remove_file(project.path(name)));
        let made = std::process::Command::new("mkfifo").arg(project.path(name)).status();
        assert!(made.expect("mkfifo runs").success());
        let begun = std::time::Instant::now();
        let run = project.run("lint --changed-since HEAD");
        run.assert(2, &["is not a regular file"]);
        assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{name}");
    }
}

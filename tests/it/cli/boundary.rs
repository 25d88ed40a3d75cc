//! The project boundary: what a project's own files may name, and what the command line may.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{GOOD, PROGRAM, Project, Run};

/// Lines of a file that no output may contain.
const SECRET: &str = "machine api.example login me password hunter2\n";

/// A project in `clone`, next to a file that is none of its business.
struct Clone {
    outer: Project,
}

impl Clone {
    fn new() -> Self {
        let outer = Project::empty()
            .with("secret", SECRET)
            .with("home/.bashrc", "alias ll=ls\n")
            .with("other/order.yaml", GOOD.replace("body: ", "body:    "))
            .with("clone/templates/order_shipped.yaml", GOOD);
        Self { outer }
    }

    fn with(self, path: &str, content: &str) -> Self {
        Self { outer: self.outer.with(&format!("clone/{path}"), content) }
    }

    /// Adds a link from a path in the clone.
    fn link(self, path: &str, to: &str) -> Self {
        let path = self.outer.path(&format!("clone/{path}"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        symlink(to, path).expect("a link");
        self
    }

    fn pipe(self, path: &str) -> Self {
        let path = self.outer.path(&format!("clone/{path}"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
        self
    }

    fn run(&self, arguments: &str) -> Run {
        self.run_in("clone", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &str) -> Run {
        let mut command = self.outer.command(arguments);
        command.current_dir(self.outer.path(folder)).env("HOME", self.outer.path("home"));
        let began = Instant::now();
        let run = Run::of(&mut command);
        assert!(began.elapsed() < Duration::from_secs(20), "{arguments} took {:?}", began.elapsed());
        assert!((0..=6).contains(&run.code), "{arguments}: {}", run.shown());
        assert!(!run.shown().contains("hunter2"), "{arguments}: {}", run.shown());
        run
    }

    /// Everything next to the clone, as it was.
    #[track_caller]
    fn assert_untouched(&self, context: &str) {
        let read = |path: &str| fs::read_to_string(self.outer.path(path)).expect("a file");
        assert_eq!(read("secret"), SECRET, "{context}");
        assert_eq!(read("home/.bashrc"), "alias ll=ls\n", "{context}");
        assert_eq!(read("other/order.yaml"), GOOD.replace("body: ", "body:    "), "{context}");
        let names = |path: &str| {
            let entries = fs::read_dir(self.outer.path(path)).expect("a folder");
            let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
            names.sort();
            names
        };
        assert_eq!(names("home"), [".bashrc"], "{context}");
        assert_eq!(names("other"), ["order.yaml"], "{context}");
    }
}

#[test]
fn configured_paths_stay_in_the_project() {
    for path in [
        "../secret",
        "../other",
        "../other/order.yaml",
        "OUTER/secret",
        "OUTER/other/order.yaml",
        "templates/../../other",
        ".",
        "..",
        "~/x.yaml",
    ] {
        // Absolute paths lead to files of this test alone: should the boundary fail, the commands below write.
        let clone = Clone::new();
        let path = path.replace("OUTER", &clone.outer.path("").to_string_lossy());
        let clone = clone.with("watpl.yaml", &format!("templates: [\"{path}\"]\n"));
        for arguments in ["lint", "lint --fix", "fmt", "compile", "diff", "push"] {
            let run = clone.run(arguments);
            let expected = if path == "." { 0..=0 } else { 2..=3 };
            assert!(expected.contains(&run.code), "{path} {arguments}: {}", run.shown());
            clone.assert_untouched(&format!("{path} {arguments}"));
        }
    }
}

#[test]
fn files_of_the_system_are_not_read() {
    for path in ["/proc/self/environ", "/etc/passwd", "/dev/stdin"] {
        let clone = Clone::new().with("watpl.yaml", &format!("templates: [{path}]\n"));
        // Commands that only read: should the boundary fail, no other file of this machine changes.
        for arguments in ["lint", "fmt --check", "lint --diff"] {
            clone.run(arguments).assert(2, &["it is outside the project"]);
        }
    }
}

#[test]
fn configured_paths_are_template_files() {
    for (path, content) in
        [(".git/config", "[core]\n"), ("package.json", "{\"name\":  \"x\"}"), ("notes", "x: 1\n")]
    {
        let clone = Clone::new().with(path, content).with("watpl.yaml", &format!("templates: [{path}]\n"));
        for arguments in ["lint", "lint --fix", "fmt"] {
            clone.run(arguments).assert(2, &[path, "cannot be read: it is"]);
        }
        assert_eq!(fs::read_to_string(clone.outer.path(&format!("clone/{path}"))).expect("a file"), content);
    }
}

#[test]
fn links_out_of_the_project_are_not_followed() {
    let clone = Clone::new().link("shared", "../other").with("watpl.yaml", "templates: [shared]\n");
    clone.run("lint").assert(2, &["it leads out of the project through a symbolic link"]);
    clone.run("fmt");
    clone.assert_untouched("a linked folder");
    let clone =
        Clone::new().link("a.yaml", "../other/order.yaml").with("watpl.yaml", "templates: [a.yaml]\n");
    clone.run("lint").assert(2, &["it leads out of the project through a symbolic link"]);
    let clone = Clone::new().link("watpl.yaml", "../secret");
    clone.run("lint").assert(2, &["watpl.yaml: it leads out of the project through a symbolic link"]);
    // Git's own folder is out of bounds in the project as well.
    let secret = Clone::new().with(".git/config", SECRET).with(".git/order.yaml", GOOD);
    let clone = secret.link("watpl.yaml", ".git/config");
    clone.run("lint").assert(2, &["watpl.yaml: it is in `.git`"]);
    fs::remove_file(clone.outer.path("clone/watpl.yaml")).expect("removed");
    let clone = clone.link("linked", ".git").with("watpl.yaml", "templates: [linked]\n");
    clone.run("lint").assert(2, &["linked cannot be read: it is in `.git`"]);
    clone.run("new other").assert(3, &["it is in `.git`"]);
    // In a walk, links are skipped, wherever they lead.
    let clone =
        Clone::new().link("templates/a.yaml", "../../other/order.yaml").link("templates/b", "../templates");
    clone.run("lint").assert(0, &["1 template in 1 version", "2 symbolic links skipped while searching"]);
}

#[test]
fn links_within_the_project_are_followed() {
    let clone =
        Clone::new().with("real/a.yaml", &GOOD.replace("order_shipped", "a").replace("body: ", "body:   "));
    let clone = clone.link("linked", "real").with("watpl.yaml", "templates: [linked]\n");
    clone.run("lint").assert(0, &["1 template in 1 version"]);
    clone.run("fmt").assert(0, &["1 file formatted"]);
    let text = fs::read_to_string(clone.outer.path("clone/real/a.yaml")).expect("a file");
    assert!(text.contains("\nbody: Your order"), "{text}");
}

#[test]
fn a_git_work_tree_is_the_boundary() {
    let project = |git: bool| {
        let clone = Clone::new()
            .with("shared/a.yaml", &GOOD.replace("order_shipped", "a"))
            .with("app/watpl.yaml", "templates: [../shared]\n");
        if git { clone.with(".git/HEAD", "ref: refs/heads/main\n") } else { clone }
    };
    project(true).run_in("clone/app", "lint").assert(0, &["1 template in 1 version"]);
    project(false).run_in("clone/app", "lint").assert(2, &["it is outside the project"]);
    // A linked work tree and a submodule have a file instead of a folder.
    let clone = project(false).with(".git", "gitdir: ../nowhere\n");
    clone.run_in("clone/app", "lint").assert(0, &["1 template in 1 version"]);
}

#[test]
fn the_home_folder_is_no_boundary_for_projects_below_it() {
    let clone = Clone::new().with("app/watpl.yaml", "templates: [../templates]\n").with(".git/HEAD", "x");
    let mut command = clone.outer.command("lint");
    command.current_dir(clone.outer.path("clone/app")).env("HOME", clone.outer.path("clone"));
    Run::of(&mut command).assert(2, &["it is outside the project"]);
}

#[test]
fn a_configuration_above_the_work_tree_is_not_used() {
    let clone = Clone::new().with(".git/HEAD", "x");
    let clone = Clone { outer: clone.outer.with("watpl.yaml", "templates: [other]\nnonsense: 1\n") };
    let run = clone.run("lint");
    run.assert(0, &["1 template in 1 version", "all clean", "watpl.yaml is not used", "watpl.yaml` uses it"]);
    fs::remove_dir_all(clone.outer.path("clone/.git")).expect("removed");
    clone.run("lint").assert(1, &["`nonsense` is not a key of a configuration"]);
}

#[test]
fn no_file_in_the_local_folder_is_a_link_or_a_pipe() {
    let files = [
        "journal.jsonl",
        "sandbox.writer",
        "sandbox.lock",
        "lock.turn",
        "sandbox.steps.jsonl",
        ".gitignore",
        "sandbox",
    ];
    for file in files {
        for target in ["../../home/.bashrc", "../../home/new", "/dev/zero", "/dev/full"] {
            let clone = Clone::new().link(&format!(".watpl/{file}"), target);
            for arguments in ["diff", "push", "status"] {
                clone.run(arguments);
                clone.assert_untouched(&format!("{file} -> {target}: {arguments}"));
            }
        }
        let clone = Clone::new().pipe(&format!(".watpl/{file}"));
        clone.run("push");
    }
    for target in ["../home", "../home/new", "/dev/null"] {
        let clone = Clone::new().link(".watpl", target);
        for arguments in ["diff", "push", "pull"] {
            clone.run(arguments).assert(3, &[".watpl: it is a symbolic link"]);
            clone.assert_untouched(&format!(".watpl -> {target}: {arguments}"));
        }
    }
}

#[test]
fn outputs_are_not_written_through_links() {
    let clone = Clone::new()
        .with("bad.yaml", &GOOD.replace("body: ", "body:   "))
        .link("plan.json", "../home/.bashrc")
        .link("base.json", "../home/.bashrc")
        .link("out.yaml", "../home/.bashrc")
        .link("out", "../home")
        .link("dangling.json", "../home/new");
    for arguments in [
        "diff --out plan.json",
        "diff --out dangling.json",
        "diff --out out/plan.json",
        "compile --out out",
        "lint --baseline base.json --update-baseline",
        "lint --baseline out/base.json --update-baseline",
        "convert bad.yaml --to yaml --out out.yaml --force",
        "convert bad.yaml --to yaml --out out/a.yaml",
        "new other --dir out",
        "new other --dir out/deeper",
        "man --out out",
    ] {
        let run = clone.run(arguments);
        assert!(run.code != 0, "{arguments}: {}", run.shown());
        clone.assert_untouched(arguments);
    }
    let clone = Clone::new().link("drafts", "../home").with("watpl.yaml", "templates: [drafts]\n");
    clone.run("new other").assert(3, &["it leads out of the project through a symbolic link"]);
    clone.assert_untouched("new");
    // Where nothing is in the way, a path outside of the project that the user names is written.
    clone.run("compile --out ../elsewhere templates").assert(0, &[]);
    assert!(clone.outer.path("elsewhere").is_dir());
}

#[test]
fn a_new_project_is_not_written_through_links() {
    for (path, target) in [
        ("watpl.yaml", "../home/.bashrc"),
        (".gitignore", "../home/.bashrc"),
        (".gitignore", "../home/new"),
        ("templates", "../home"),
    ] {
        let clone =
            Clone { outer: Project::empty().with("secret", SECRET).with("home/.bashrc", "alias ll=ls\n") };
        let clone =
            Clone { outer: clone.outer.with("other/order.yaml", GOOD.replace("body: ", "body:    ")) };
        let clone = clone.link(path, target);
        clone.run("init --yes");
        clone.assert_untouched(&format!("{path} -> {target}"));
    }
}

#[test]
fn the_command_line_may_name_links_and_files_anywhere() {
    let clone = Clone::new().link("named.yaml", "../other/order.yaml");
    clone.run("lint ../other/order.yaml").assert(0, &["1 template"]);
    clone.run("lint named.yaml").assert(0, &["1 template"]);
    // To be written, a file must be named itself.
    clone.run("fmt named.yaml").assert(3, &["it is a symbolic link"]);
    clone.assert_untouched("fmt");
    clone.run("fmt ../other/order.yaml").assert(0, &["1 file formatted"]);
    // A checkout may be reached through a link.
    let clone = Clone::new().with("watpl.yaml", "templates: [templates]\n");
    symlink("clone", clone.outer.path("alias")).expect("a link");
    clone.run_in("alias", "lint").assert(0, &["1 template"]);
    clone.run_in(".", "--config alias/watpl.yaml lint").assert(0, &["1 template"]);
    clone.run_in(".", "--config alias/watpl.yaml push").assert(0, &["created"]);
}

fn bash(folder: &Path, script: &str) -> Run {
    let began = Instant::now();
    let run =
        Run::of(Command::new("bash").args(["-c", script, PROGRAM]).current_dir(folder).env("NO_COLOR", "1"));
    assert!(began.elapsed() < Duration::from_secs(20), "{script} took {:?}", began.elapsed());
    run
}

#[test]
fn the_command_line_may_name_pipes() {
    let project = Project::new();
    let run = |script: &str| bash(project.0.path(), script);
    run("\"$0\" lint <(cat templates/order_shipped.yaml)").assert(0, &["1 template in 1 version"]);
    run("\"$0\" lint <(sleep 1; cat templates/order_shipped.yaml)").assert(0, &["1 template in 1 version"]);
    run("cat templates/order_shipped.yaml | \"$0\" lint /dev/stdin").assert(0, &["1 template in 1 version"]);
    run("\"$0\" lint <(sleep 30 2>&-)").assert(2, &["timed out while waiting for data from the pipe"]);
    run("\"$0\" lint <(yes 2>&-)").assert(2, &["it is larger than 1 MiB"]);
    run("mkfifo plan.json; \"$0\" push plan.json")
        .assert(2, &["timed out while waiting for data from the pipe"]);
    run("\"$0\" push /dev/zero.json").assert(2, &["cannot be read"]);
    run("mkfifo s; \"$0\" sandbox --port 0 --scenario s").assert(2, &["timed out while waiting for data"]);
    run("ln -s /dev/zero z; \"$0\" lint --baseline z").assert(2, &["it is not a regular file"]);
}

#[test]
fn ignore_files_are_regular_files() {
    for name in [".ignore", ".gitignore", "deep/.gitignore", ".git/info/exclude"] {
        let path = format!("templates/{name}");
        let clone = Clone::new().with("templates/deep/a.yaml", &GOOD.replace("order_shipped", "a"));
        let clone = clone.link(&path, "/dev/zero");
        clone.run("lint").assert(if name.starts_with("deep") { 3 } else { 2 }, &["it is not a regular file"]);
        let clone =
            Clone::new().with("templates/deep/a.yaml", &GOOD.replace("order_shipped", "a")).pipe(&path);
        clone.run("lint").assert(if name.starts_with("deep") { 3 } else { 2 }, &["it is not a regular file"]);
    }
    let clone = Clone::new().with("templates/.git", "gitdir: ../evil\n").link("evil/commondir", "/dev/zero");
    clone.run("lint").assert(2, &["`commondir` cannot be read: it is not a regular file"]);
    let clone = Clone::new().with("templates/.gitignore", &"*".repeat(120_000));
    clone.run("lint");
    let clone = Clone::new().with("templates/.gitignore", &"a\n".repeat(1 << 20));
    clone.run("lint").assert(2, &["`.gitignore` cannot be read: it is larger than 128 KiB"]);
}

#[test]
fn ignore_files_are_limited_together() {
    // One file, linked into folders in folders, and into folders next to each other.
    let patterns = (0..20_000).map(|number| format!("z{number}\n")).collect::<String>();
    assert!(patterns.len() < 128 * 1024);
    for nested in [true, false] {
        let mut clone = Clone::new().with("patterns", &patterns);
        let mut folder = "templates".to_owned();
        for number in 0..60 {
            folder = if nested { format!("{folder}/d") } else { format!("templates/d{number}") };
            let target = clone.outer.path("clone/patterns");
            clone = clone.link(&format!("{folder}/.gitignore"), &target.to_string_lossy());
        }
        let clone = clone.with(&format!("{folder}/a.yaml"), &GOOD.replace("order_shipped", "a"));
        clone.run("lint").assert(3, &["the ignore files of this folder and its parents are too large"]);
    }
}

#[test]
fn folders_are_searched_once() {
    let paths = ["templates", "./templates", "templates/../templates"].repeat(7_000).join(", ");
    let clone = Clone::new().with("watpl.yaml", &format!("templates: [{paths}]\n"));
    clone.run("lint").assert(0, &["1 template in 1 version"]);
    let clone = Clone::new().with("watpl.yaml", &format!("templates: [\"{}\"]\n", "a/".repeat(400_000)));
    let run = clone.run("lint");
    run.assert(2, &["the path is too long"]);
    assert!(run.err.len() < 2_000, "{} bytes", run.err.len());
    clone.run("compile").assert(2, &["the path is too long"]);
    let paths = (0..1_500).map(|number| format!("t{number}")).collect::<Vec<_>>().join(", ");
    let clone = Clone::new().with("watpl.yaml", &format!("templates: [{paths}]\n"));
    clone.run("lint").assert(2, &["more than 1000 paths"]);
}

#[test]
fn files_of_other_programs_are_left_alone() {
    let files = [
        ("package.json", "{\"name\": \"x\",  \"version\": 1}\n"),
        ("notes.txt", "name:   x\n"),
        ("docker-compose.yml", "services:\n    web:   {image: nginx}\nversion: '3'\n"),
        ("pubspec.yaml", "name:   shop\nversion: '1'\ndependencies: {a:  1}\n"),
    ];
    for (name, text) in files {
        let project = Project::empty().with(name, text);
        project.run(&format!("fmt {name}")).assert(1, &["not formatted"]);
        project.run(&format!("lint --fix {name}"));
        project.run(&format!("convert {name} --to watpl --out a.watpl"));
        assert_eq!(fs::read_to_string(project.path(name)).expect("a file"), text);
        assert!(!project.path("a.watpl").exists(), "{name}");
    }
}

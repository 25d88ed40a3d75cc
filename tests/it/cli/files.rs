//! Files that are none, cannot be read or lie too deep, and disks that take no more: rows A15 to A22, B27, F9 to F11.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::fcntl::{OFlag, openat};
use nix::sys::stat::{Mode, mkdirat};
use nix::unistd::Uid;

use super::{GOOD, PROGRAM, Project, Run};

/// Runs it as somebody who may not do everything; the superuser reads and writes whatever the mode says.
fn humbly(project: &Project, arguments: &str) -> Run {
    if !Uid::effective().is_root() {
        return project.run(arguments);
    }
    // The program itself may lie where nobody else may look.
    let program = project.path("program");
    fs::copy(PROGRAM, &program).expect("a copy");
    fs::set_permissions(project.0.path(), fs::Permissions::from_mode(0o755)).expect("a mode");
    let mut command = Command::new(&program);
    command.args(arguments.split_whitespace()).current_dir(project.0.path());
    Run::of(command.env_clear().env("NO_COLOR", "1").stdin(Stdio::null()).uid(65_534).gid(65_534))
}

/// Runs it where no file may become longer than some blocks of 512 bytes.
fn without_room(project: &Project, blocks: usize, arguments: &str) -> Run {
    let script = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$0\" {arguments}");
    Run::of(Command::new("sh").args(["-c", &script, PROGRAM]).current_dir(project.0.path()).env_clear())
}

#[test]
fn a16_what_is_no_file_is_not_read() {
    let project = Project::new()
        .with("templates/folder.yaml/other.yaml", GOOD.replace("name: order_shipped", "name: Other Name"));
    let _socket = UnixListener::bind(project.path("templates/socket.yaml")).expect("a socket");
    // A folder is a folder, whatever it is called.
    project.run("lint").assert(1, &["templates/folder.yaml/other.yaml", "2 templates in 2 versions checked"]);
    let began = Instant::now();
    for path in ["templates/socket.yaml", "/dev/zero", "/dev/null"] {
        project.run(&format!("lint {path}")).assert(2, &[path, "not a regular file"]);
        project.run(&format!("fmt {path}")).assert(2, &["not a regular file"]);
    }
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_says_it_has_no_length_is_read_to_its_end() {
    let project = Project::new();
    // Its last key is far behind its first.
    let run = project.run("lint /proc/self/status");
    run.assert(1, &["`Name` is not a key of a template", "more keys are unknown"]);
}

#[test]
fn a17_what_may_not_be_read_is_said_and_the_others_are_checked() {
    let project = Project::new()
        .with("templates/locked.yaml", GOOD)
        .with("templates/closed/inside.yaml", GOOD.replace("order_shipped", "inside"));
    for (path, mode) in [("templates/locked.yaml", 0o000), ("templates/closed", 0o000)] {
        fs::set_permissions(project.path(path), fs::Permissions::from_mode(mode)).expect("a mode");
    }
    let run = humbly(&project, "lint");
    let closed = project.path("templates/closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("a mode");
    run.assert(
        3,
        &["templates/locked.yaml cannot be read: Permission denied", "1 template in 1 version checked"],
    );
    run.assert(3, &["templates/closed"]);
}

#[test]
fn a18_links_are_not_followed_and_folders_may_be_deeper_than_a_path_is_long() {
    let project = Project::new();
    symlink("/", project.path("templates/everything")).expect("a link");
    symlink("..", project.path("templates/above")).expect("a link");
    symlink("loop_b", project.path("templates/loop_a")).expect("a link");
    symlink("loop_a", project.path("templates/loop_b")).expect("a link");
    let long = format!("templates/{}.yaml", "n".repeat(250));
    let project = project.with(&long, GOOD.replace("name: order_shipped", "name: Other Name"));
    project.run("lint").assert(1, &["nnn.yaml", "2 templates in 2 versions checked"]);
    fs::remove_file(project.path(&long)).expect("a file");

    let folder = OFlag::O_DIRECTORY | OFlag::O_RDONLY;
    let mut inner =
        openat(fs::File::open(project.path("templates")).expect("a folder"), ".", folder, Mode::empty())
            .expect("a folder");
    for _ in 0..10_000 {
        mkdirat(&inner, "d", Mode::S_IRWXU).expect("a folder");
        inner = openat(&inner, "d", folder, Mode::empty()).expect("a folder");
    }
    let began = Instant::now();
    let run = project.run("lint");
    // What is too deep to be named is said, and what lies above is checked.
    run.assert(3, &["cannot be read", "1 template in 1 version checked"]);
    assert!(run.err.len() < 20_000, "{} bytes of complaint", run.err.len());
    assert!(began.elapsed() < Duration::from_secs(60));
    let removed = Command::new("rm").arg("-rf").arg(project.path("templates/d")).status().expect("rm runs");
    assert!(removed.success());
}

#[test]
fn a20_names_that_look_alike_are_two_files() {
    let project = Project::new()
        .with("templates/caf\u{e9}.yaml", GOOD.replace("order_shipped", "menu"))
        .with("templates/cafe\u{301}.yaml", GOOD.replace("order_shipped", "menu"));
    let report = project.lint();
    let both: Vec<_> = ["templates/caf\u{e9}.yaml", "templates/cafe\u{301}.yaml"]
        .into_iter()
        .filter(|name| project.run("lint").out.contains(name))
        .collect();
    // Some file systems take them for one name.
    let kept = fs::read_dir(project.path("templates")).expect("a folder").count();
    assert_eq!(report["summary"]["templates"], kept);
    assert_eq!(both.len(), kept - 1);
    assert_eq!(super::errors(&report).iter().any(|error| error.starts_with("duplicate-template")), kept == 3);
}

/// The most memory that it took, in KiB, as the system tells while it runs.
#[cfg(target_os = "linux")]
pub(super) fn peak(command: &mut Command) -> (u64, Option<i32>) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut most = 0;
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        most = most.max(kib.unwrap_or_default());
        if let Some(status) = child.try_wait().expect("it runs") {
            return (most, status.code());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a21_memory_does_not_grow_with_the_files() {
    let project = Project::empty();
    let word = |number: usize| format!("{:x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let write = |from: usize, to: usize| {
        for index in from..to {
            let words: Vec<_> = (0..12).map(|at| word(index * 12 + at)).collect();
            let text = format!(
                "name: notice_{index}\ncategory: utility\nlanguage: en_US\nbody: Your order {} is here.\n",
                words.join(" ")
            );
            fs::write(project.path(&format!("templates/notice_{index}.yaml")), text).expect("a file");
        }
    };
    fs::create_dir_all(project.path("templates")).expect("a folder");
    write(0, 500);
    let (few, code) = peak(&mut project.command("lint"));
    assert_eq!(code, Some(0));
    write(500, 5_000);
    let (many, code) = peak(&mut project.command("lint"));
    assert_eq!(code, Some(0));
    // What is kept of a clean file is some hundred bytes; with its text and tree it would be ten times that.
    let each = many.saturating_sub(few) * 1024 / 4_500;
    assert!(few > 1_000 && each < 4_096, "{few} KiB for 500 files, {many} KiB for 5,000: {each} bytes each");
    project.run("lint templates/nothing_*").assert(2, &["cannot be read"]);
}

#[test]
fn e06_the_same_lines_in_the_same_order_every_time() {
    let project = (0..60).fold(Project::empty(), |project, index| {
        let text =
            GOOD.replace("order_shipped", &format!("notice_{index}")).replace("{{order}}", "{{ order }}");
        project.with(&format!("templates/notice_{index}.yaml"), text)
    });
    for format in ["lint", "lint --format json", "lint --format github", "diff"] {
        let first = project.run(format).shown();
        assert!(first.contains("notice_59"), "{first}");
        for _ in 0..3 {
            assert_eq!(project.run(format).shown(), first);
        }
        // On one core there is one thread.
        let mut alone = Command::new("taskset");
        alone.args(["-c", "0", PROGRAM]).args(format.split(' ')).current_dir(project.0.path());
        if Command::new("taskset").arg("-V").output().is_ok() {
            assert_eq!(Run::of(alone.env_clear().env("NO_COLOR", "1")).shown(), first);
        }
    }
}

#[test]
fn f09_nothing_is_written_through_a_link() {
    let project = Project::new().with("elsewhere", "as it was\n");
    fs::create_dir(project.path("out")).expect("a folder");
    for link in ["out/order_shipped.en_US.json", "plan.json", "known.json", "new.watpl", "out/watpl-lint.1"] {
        symlink(project.path("elsewhere"), project.path(link)).expect("a link");
    }
    for arguments in [
        "compile --out out",
        "diff --out plan.json",
        "lint --baseline known.json --update-baseline",
        "convert templates/order_shipped.yaml --to watpl --out new.watpl --force",
        "man --out out",
    ] {
        let run = project.run(arguments);
        assert!([2, 3].contains(&run.code), "{arguments}: {}", run.shown());
        assert_eq!(
            fs::read_to_string(project.path("elsewhere")).expect("a file"),
            "as it was\n",
            "{arguments}"
        );
    }
}

#[test]
fn f09_a_folder_that_may_not_be_written_to_keeps_everything() {
    let messy = format!("# first\n\n\n{}", GOOD.replace("category: utility", "category: UTILITY"));
    let project = Project::new().with("templates/order_shipped.yaml", &messy);
    for folder in ["templates", ""] {
        fs::set_permissions(project.path(folder), fs::Permissions::from_mode(0o555)).expect("a mode");
    }
    let runs = ["fmt", "push", "compile --out out", "new other"]
        .map(|arguments| (arguments, humbly(&project, arguments)));
    for (arguments, run) in runs {
        assert!([2, 3].contains(&run.code), "{arguments}: {}", run.shown());
        assert!(run.err.contains("error:"), "{arguments}: {}", run.shown());
    }
    fs::set_permissions(project.path("templates"), fs::Permissions::from_mode(0o755)).expect("a mode");
    assert_eq!(fs::read_to_string(project.path("templates/order_shipped.yaml")).expect("a text"), messy);
    assert_eq!(fs::read_dir(project.path("templates")).expect("a folder").count(), 1);
}

#[test]
fn f11_a_disk_that_is_full_leaves_the_old_file_and_nothing_beside_it() {
    let tags: Vec<_> = (0..400).map(|index| format!("tag_{index}")).collect();
    let messy =
        format!("category: UTILITY\ntags: [{}]\n{}", tags.join(","), GOOD.replace("category: utility\n", ""));
    let project = Project::new().with("templates/order_shipped.yaml", &messy);
    let run = without_room(&project, 1, "fmt");
    run.assert(3, &["templates/order_shipped.yaml", "1 file not formatted"]);
    assert_eq!(fs::read_to_string(project.path("templates/order_shipped.yaml")).expect("a text"), messy);
    assert_eq!(fs::read_dir(project.path("templates")).expect("a folder").count(), 1);
    project.run("fmt").assert(0, &["1 file formatted"]);
}

#[test]
fn f11_a_run_that_is_killed_leaves_every_file_whole() {
    let name = |index: usize| format!("templates/notice_{index}.yaml");
    let messy = |index: usize| {
        GOOD.replace("order_shipped", &format!("notice_{index}"))
            .replace("category: utility", "category: UTILITY")
    };
    let project = (0..40).fold(Project::empty(), |project, index| project.with(&name(index), messy(index)));
    let mut left = Vec::new();
    for after in [0, 10, 20, 40, 80] {
        let mut child =
            project.command("fmt").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        std::thread::sleep(Duration::from_millis(after));
        // It may have ended by itself.
        drop(child.kill());
        child.wait().expect("it ends");
        left.extend(
            (0..40).map(|index| (index, fs::read_to_string(project.path(&name(index))).expect("a text"))),
        );
    }
    project.run("fmt").assert(0, &[]);
    for (index, text) in left {
        let formatted = fs::read_to_string(project.path(&name(index))).expect("a text");
        assert!(text == messy(index) || text == formatted, "{text}");
    }
}

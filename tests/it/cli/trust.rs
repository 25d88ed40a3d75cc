//! What a folder that others wrote may ask for, and does not get: rows F1 to F8, F13 and F14.

use std::fs;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{GOOD, Project, Run, SECRET, Served};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10";

/// A template with a media header.
fn with_header(kind: &str, sample: &str) -> String {
    GOOD.replace("body:", &format!("header: {{ {kind}: {sample} }}\nbody:"))
}

/// What `lint` says of a sample.
fn said(project: &Project, kind: &str, sample: &str) -> String {
    fs::write(project.path("templates/order_shipped.yaml"), with_header(kind, sample)).expect("a file");
    let run = project.run("lint");
    assert!([0, 1].contains(&run.code), "{sample}: {}", run.shown());
    run.out
}

#[test]
fn f01_no_way_of_writing_a_path_leads_outside() {
    let project = Project::new();
    for sample in [
        "../../../../../../../../etc/passwd",
        "/etc/shadow",
        "~/.ssh/id_rsa",
        "file:///etc/passwd",
        "'\\\\host\\share\\a.png'",
        "\"a\\0.png\"",
        "./../../..",
        "/proc/self/environ",
        "/dev/stdin",
    ] {
        let out = said(&project, "image", sample);
        assert!(out.contains("media-file") || out.contains("control-character"), "{sample}: {out}");
        assert!(
            out.contains("lies outside the project") || out.contains("NUL") || out.contains("U+0000"),
            "{sample}: {out}"
        );
        let run = project.run("push");
        assert_eq!(run.code, 1, "{sample}: {}", run.shown());
        assert!(!run.out.contains("created"), "{sample}: {}", run.shown());
    }
    // On this system it is a name like others; where it is a drive, it is outside.
    let out = said(&project, "image", "'C:\\a.png'");
    assert!(out.contains("there is no file") || out.contains("lies outside"), "{out}");
}

#[cfg(unix)]
#[test]
fn f02_a_file_that_is_exchanged_for_a_link_is_not_read() {
    use std::os::unix::fs::symlink;
    let project = Project::new().with("templates/order_shipped.yaml", with_header("image", "a.png"));
    let project = project.with("templates/kept.png", [PNG, b"inside"].concat());
    let outside = Project::empty().with("secret.png", [PNG, b"outside"].concat());
    let path = |name: &str| project.path(&format!("templates/{name}"));
    symlink(outside.path("secret.png"), path("link.png")).expect("a link");
    fs::copy(path("kept.png"), path("a.png")).expect("a copy");
    let mut workspace = watpl::workspace::Workspace::open(project.0.path(), None).expect("a project");
    workspace.load(&[], project.0.path());
    let source = workspace.templates().next().expect("a template").id();
    let done = AtomicBool::new(false);
    let (mut inside, mut outside) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for from in ["kept.png", "link.png"] {
                    // A hard link of either, moved to where the sample lies: never is there nothing.
                    drop(fs::remove_file(path("next.png")));
                    let made = match from {
                        "kept.png" => fs::hard_link(path(from), path("next.png")),
                        _ => symlink(fs::read_link(path(from)).expect("a link"), path("next.png")),
                    };
                    drop(made.and_then(|()| fs::rename(path("next.png"), path("a.png"))));
                }
            }
        });
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(3) {
            match workspace.media_bytes(source, "a.png") {
                Ok(bytes) if bytes.ends_with(b"inside") => inside += 1,
                Ok(_) => outside += 1,
                Err(_) => {}
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(inside > 0, "it was never read at all");
    assert_eq!(outside, 0, "read {inside} times inside, and {outside} times through a link");
}

#[cfg(unix)]
#[test]
fn f03_a_sample_has_a_size_that_can_be_sent() {
    use std::os::unix::net::UnixListener;
    let project = Project::new().with("templates/empty.png", "").with("templates/empty.mp4", "");
    let _socket = UnixListener::bind(project.path("templates/socket.png")).expect("a socket");
    let made = std::process::Command::new("mkfifo").arg(project.path("templates/pipe.png")).status();
    assert!(made.expect("mkfifo runs").success());
    fs::create_dir(project.path("templates/folder.png")).expect("a folder");
    let large = fs::File::create(project.path("templates/large.png")).expect("a file");
    std::io::Write::write_all(&mut (&large), PNG).expect("written");
    large.set_len(5 << 30).expect("a hole");
    let began = Instant::now();
    for (kind, sample, words) in [
        ("image", "empty.png", "is empty"),
        ("video", "empty.mp4", "is empty"),
        ("gif", "empty.mp4", "is empty"),
        ("image", "pipe.png", "there is no file"),
        ("image", "socket.png", "there is no file"),
        ("image", "folder.png", "there is no file"),
        ("image", "large.png", "has 5120 MB, and 5 MB are allowed"),
    ] {
        let out = said(&project, kind, sample);
        assert!(out.contains("media-file") && out.contains(words), "{sample}: {out}");
    }
    // Beyond what is read at all, it is a hold and no upload.
    said(&project, "image", "large.png");
    let run = project.run("push");
    assert!(!run.out.contains("created") && run.code != 0, "{}", run.shown());
    assert!(began.elapsed() < Duration::from_secs(30));
}

#[test]
fn f04_a_sample_is_what_its_first_bytes_say() {
    let webp = b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x1f\0\0\x0f\0\0ANIM";
    let bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0";
    let both = [b"%PDF-1.7\n".as_slice(), PNG].concat();
    let files: [(&str, &[u8], Option<&str>); 7] = [
        ("page.jpg", b"<!DOCTYPE html><script>1</script>", Some("is `text/html`")),
        (
            "drawing.png",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            Some("does not begin like JPEG or PNG"),
        ),
        ("both.png", &both, Some("is `application/pdf`")),
        ("cut.png", &PNG[..20], Some("no width or height")),
        ("moves.jpg", webp, Some("is `image/webp`")),
        // Nothing is unpacked, so that its size costs nothing.
        ("bomb.png", bomb, None),
        ("real.jpg", PNG, None),
    ];
    let project = Project::new();
    for (name, bytes, words) in files {
        fs::write(project.path(&format!("templates/{name}")), bytes).expect("a file");
        let began = Instant::now();
        let out = said(&project, "image", name);
        assert!(began.elapsed() < Duration::from_secs(10), "{name}");
        match words {
            Some(words) => assert!(out.contains("media-file") && out.contains(words), "{name}: {out}"),
            None => assert!(out.contains("all clean"), "{name}: {out}"),
        }
    }
}

#[test]
fn f05_no_address_in_a_file_is_called() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a mode");
    let here = listener.local_addr().expect("an address");
    let project = Project::new();
    for sample in [
        format!("\"http://{here}/a.png\""),
        "\"http://169.254.169.254/latest\"".to_owned(),
        "\"data:image/png;base64,AAAA\"".to_owned(),
        format!("\"HTTP://{here}/a.png\""),
    ] {
        let out = said(&project, "image", &sample);
        assert!(out.contains("media-file"), "{sample}: {out}");
        assert_eq!(project.run("push").code, 1, "{sample}");
    }
    let button = format!("buttons: [{{ type: url, text: Go, url: \"http://{here}/x\" }}]\n");
    fs::write(project.path("templates/order_shipped.yaml"), GOOD.to_owned() + &button).expect("a file");
    for arguments in ["lint", "lint --fix", "fmt", "compile", "diff", "push"] {
        project.run(arguments);
    }
    assert!(listener.accept().is_err(), "somebody called");
}

/// A configuration that wants to run a program, to learn a secret, and to send it somewhere.
const GREEDY: &str = "\
default_account: live
api_base: https://evil.example
hooks: { before: touch ran }
constants: { shop: \"${AWS_SECRET}\" }
accounts:
  live: { waba_id: \"100000000000000\", graph_url: \"https://evil.example\", token: { command: [touch, ran] } }
";

#[test]
fn f07_a_configuration_runs_nothing_and_chooses_no_server() {
    let text = GOOD.replace("soon", "from ${shop} and ${AWS_SECRET} and $AWS_SECRET soon");
    let project = Project::new().with("watpl.yaml", GREEDY).with("templates/order_shipped.yaml", text);
    for arguments in ["lint", "lint --fix", "fmt", "compile", "schema", "explain", "new other"] {
        let mut command = project.command(arguments);
        let run = Run::of(command.env("AWS_SECRET", SECRET));
        assert!(!run.shown().contains(SECRET), "{arguments}: {}", run.shown());
        assert!(!project.path("ran").exists(), "{arguments} ran a program");
    }
    project.run("lint").assert(
        1,
        &["`api_base` is not a key", "`hooks` is not a key", "`graph_url` is not a key", "unknown-constant"],
    );
    // With errors in its configuration nothing is asked and no program runs.
    project.run("push --yes").assert(2, &["the configuration has errors"]);
    assert!(!project.path("ran").exists());
    // A token that is written down is refused, and not repeated.
    let project = project.with(
        "watpl.yaml",
        format!(
            "default_account: live\naccounts:\n  live: {{ waba_id: \"100000000000000\", token: {SECRET} }}\n"
        ),
    );
    project.run("push --yes").assert(2, &["the configuration has errors"]);
    // The plan names the server when it is not Meta's.
    let sandbox = Served::start(&["--token", SECRET]);
    let host = sandbox.base.trim_start_matches("http://");
    Project::at_meta().run_at(&sandbox.base, "diff").assert(0, &[host]);
}

#[test]
fn f08_a_token_comes_from_no_option_and_ends_no_header() {
    let project = Project::at_meta();
    for arguments in ["push --token x", "status --token=x", "diff --access-token x"] {
        project.run(arguments).assert(2, &["unexpected argument"]);
    }
    let sandbox = Served::start(&["--token", SECRET]);
    for token in ["a\r\nX-Other: b", "a\nb", " \n", "a b", "\u{1b}[31m"] {
        let mut command = project.command("status");
        command.env("WATPL_GRAPH_URL", &sandbox.base).env("WATPL_TOKEN", token);
        let run = Run::of(&mut command);
        run.assert(3, &["help:"]);
        assert!(!run.shown().contains("X-Other"), "{}", run.shown());
    }
    assert_eq!(sandbox.arrived(), 0);
}

#[test]
fn f13_patterns_take_no_time_whatever_they_are() {
    let names = format!("templates/{}b.yaml", "a/".repeat(60));
    let globs = [
        "**/**/**/**/**/**/**/**/**/**/x".to_owned(),
        "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b".to_owned(),
        "(a+)+$".to_owned(),
        "a{,a{,a{,a{,a}}}}".to_owned(),
        format!("{{{}}}", vec!["a"; 2_000].join(",")),
        String::new(),
    ];
    let listed = globs.iter().map(|glob| format!("\"{glob}\"")).collect::<Vec<_>>().join(", ");
    let config =
        format!("lint:\n  overrides:\n    - {{ files: [{listed}], rules: {{ single-braces: off }} }}\n");
    let project = Project::new().with("watpl.yaml", config).with(&names, GOOD.replace("order_shipped", "b"));
    let project = project.with("templates/.ignore", format!("\n\\\n[\n{}\n# \n", globs.join("\n")));
    let began = Instant::now();
    let run = project.run("lint");
    assert!([0, 1].contains(&run.code), "{}", run.shown());
    for glob in &globs {
        let run = Run::of(project.command("diff").arg(glob));
        assert_eq!(run.code, 2, "{glob}: {}", run.shown());
        Run::of(project.command("rules").arg(glob)).assert(2, &[]);
    }
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

/// A pattern that no list of files can be made of is said, and not left out.
#[test]
fn f13_a_pattern_that_is_too_large_is_said() {
    let config = format!(
        "lint:\n  overrides:\n    - {{ files: [\"{}\"], rules: {{ single-braces: off }} }}\n",
        "{a,b}*".repeat(100_000)
    );
    Project::new()
        .with("watpl.yaml", config)
        .run("lint")
        .assert(1, &["invalid-value", "it has 600000 bytes, but the limit is 1024"]);
}

#[test]
fn f14_numbers_beyond_their_range_are_mistakes_in_the_command() {
    let project = Project::new();
    for arguments in [
        "lint --jobs 0",
        "lint --max-size 1e99",
        "sandbox --port 99999",
        "sandbox --port -1",
        "sync --prune --max-deletes -1",
        "sync --prune --max-deletes 1e99",
        "sync --prune --max-deletes 99999999999999999999999",
        "push --max-wait 1e99",
        "push --max-wait -1s",
        "wait --timeout 99999999999999999999999h",
        "wait --timeout 5",
    ] {
        let run = project.run(arguments);
        assert_eq!(run.code, 2, "{arguments}: {}", run.shown());
        assert!(run.err.contains("error:"), "{arguments}: {}", run.shown());
    }
    // Longer than anybody waits is cut, and does not wrap.
    project.run("push --max-wait 18446744073709551615h").assert(0, &["1 done"]);
    project.run("wait --timeout 18446744073709551615h").assert(0, &[]);
    let config = "sync: { max_deletes: 99999999999999999999999 }\n";
    project.with("watpl.yaml", config).run("lint").assert(1, &["invalid-value"]);
}

//! The binary.

fn main() -> std::process::ExitCode {
    watpl::cli::main()
}

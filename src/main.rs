//! The binary.

/// Linting takes many small pieces of memory on every core at once; the system's allocator takes twice as long.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    watpl::cli::main()
}

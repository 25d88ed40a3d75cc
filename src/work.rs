//! Counts of steps, so that tests can compare how work grows with the input.
//!
//! Walks that could become quadratic report their steps here. Only builds with debug assertions count; in others the
//! calls are empty and cost nothing.

#[cfg(debug_assertions)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts steps of this thread.
#[inline]
pub fn steps(steps: usize) {
    #[cfg(debug_assertions)]
    STEPS.with(|all| all.set(all.get().wrapping_add(steps as u64)));
    #[cfg(not(debug_assertions))]
    let _ = steps;
}

/// The steps that this thread takes while it does something; zero where they are not counted.
pub fn measure<T>(work: impl FnOnce() -> T) -> (T, u64) {
    #[cfg(debug_assertions)]
    {
        let before = STEPS.with(std::cell::Cell::get);
        let done = work();
        (done, STEPS.with(std::cell::Cell::get).wrapping_sub(before))
    }
    #[cfg(not(debug_assertions))]
    (work(), 0)
}

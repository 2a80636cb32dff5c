//! How long one decision takes.

use std::time::Instant;

/// The middle one of `times`, which it puts in order.
pub(super) fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Runs `one` over all households, several rounds, and prints the median of the rounds' means and
/// the median of single calls.
pub(super) fn time(name: &str, baseline: f64, count: usize, mut one: impl FnMut(usize)) -> f64 {
    let mut means: Vec<f64> = (0..9)
        .map(|_| {
            let start = Instant::now();
            for at in 0..count {
                one(at);
            }
            start.elapsed().as_secs_f64() * 1e6 / count as f64
        })
        .collect();
    let mut single: Vec<f64> = (0..count)
        .map(|at| {
            let start = Instant::now();
            one(at);
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    let mean = median(&mut means);
    let ratio = if baseline > 0.0 { format!("{:8.1}×", mean / baseline) } else { String::new() };
    println!("{name:34} mean {mean:8.3} µs   median {:8.3} µs {ratio}", median(&mut single));
    mean
}

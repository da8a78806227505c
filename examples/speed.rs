use std::time::Instant;
fn main() {
    let mut arts: Vec<headcount::Article> = Vec::new();
    for p in std::env::args().skip(1) {
        for l in std::fs::read_to_string(p).unwrap().lines() {
            arts.push(serde_json::from_str(l).unwrap());
        }
    }
    let bytes: usize = arts.iter().map(|a| a.text.len()).sum();
    headcount::extract::figures(&arts[0]);
    for _ in 0..5 {
        let t = Instant::now();
        let n: usize = arts
            .iter()
            .map(|a| headcount::extract::figures(a).len())
            .sum();
        println!(
            "{n} figures, {:.1} MB/s",
            bytes as f64 / 1e6 / t.elapsed().as_secs_f64()
        );
    }
}

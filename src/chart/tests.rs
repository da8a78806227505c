//! The layout, looked at: texts apart, nothing in the margin.

use super::samples;
use super::*;

#[test]
#[ignore = "draws the samples for looking at: cargo test --lib chart::tests::samples_to_look_at -- --ignored"]
fn samples_to_look_at() {
    let folder = Path::new("out/samples");
    std::fs::create_dir_all(folder).expect("a folder");
    for (name, series) in samples::all() {
        for chart in charts(&series) {
            let mut options = Options {
                log: name == "log",
                ..Options::default()
            };
            chart
                .save(&folder.join(format!("{name}.png")), &options)
                .expect("drawn");
            options.format = Format::Svg;
            chart
                .save(&folder.join(format!("{name}.svg")), &options)
                .expect("drawn");
            options.format = Format::Png;
            options.size = "400x300".parse().expect("a size");
            chart
                .save(&folder.join(format!("{name}-small.png")), &options)
                .expect("drawn");
        }
    }
}

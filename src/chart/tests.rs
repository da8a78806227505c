//! The layout, looked at: texts apart, nothing in the margin, every doubt visible.

use super::plan::Plan;
use super::samples::{self, date, flagged, point, series};
use super::scene::{Item, Rect, Scene, Spot};
use super::*;
use crate::figure::{Kind, Qualifier, Unit};

fn scene_of(series: &[Series], size: &str, log: bool) -> Scene {
    let options = Options {
        size: size.parse().expect("a size"),
        log,
        ..Options::default()
    };
    let chart = charts(series).remove(0);
    let plan = Plan::new(series, log, words());
    layout::scene(&chart.title, chart.unit(), &plan, &options, words())
}

fn texts(scene: &Scene) -> Vec<&str> {
    scene.labels().map(|l| l.text.as_str()).collect()
}

fn names(plan: &Plan) -> Vec<&str> {
    plan.lines.iter().map(|l| l.name.as_str()).collect()
}

/// Every place that a scene paints, without texts.
fn spots(scene: &Scene) -> impl Iterator<Item = Spot> {
    scene.items.iter().flat_map(|item| match item {
        Item::Fill { points, .. } | Item::Stroke { points, .. } => points.clone(),
        Item::Text(_) => Vec::new(),
    })
}

#[test]
fn no_text_covers_another_or_leaves_the_sheet_in_any_sample_at_any_size() {
    for (name, series) in samples::all() {
        for size in ["1200x680", "400x300", "700x900", "3000x500", "400x2000"] {
            for log in [false, true] {
                if log && name == "zero" {
                    continue;
                }
                let scene = scene_of(&series, size, log);
                let labels: Vec<_> = scene.labels().collect();
                let sheet = Rect {
                    left: 6.0,
                    top: 4.0,
                    right: f64::from(scene.width) - 6.0,
                    bottom: f64::from(scene.height) - 4.0,
                };
                for (i, one) in labels.iter().enumerate() {
                    assert!(sheet.holds(&one.bounds), "{name} {size} {log}: {one:?}");
                    for other in &labels[..i] {
                        assert!(
                            !one.bounds.overlaps(&other.bounds),
                            "{name} {size} {log}: {:?} over {:?}",
                            one.text,
                            other.text
                        );
                    }
                }
                for (x, y) in spots(&scene) {
                    assert!(
                        x >= sheet.left && x <= sheet.right && y >= sheet.top && y <= sheet.bottom,
                        "{name} {size} {log}: {x} {y}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_mark_in_use_is_keyed_and_no_other() {
    let all = samples::all();
    let sample = |name| &all.iter().find(|(n, _)| *n == name).expect("a sample").1;
    let words = words();
    let keys = [
        &words.key_total,
        &words.key_new,
        &words.key_up,
        &words.key_down,
        &words.key_range,
        &words.key_flag,
        &words.key_projected,
    ];
    let marks = scene_of(sample("marks"), "1200x680", false);
    for key in keys {
        assert!(texts(&marks).contains(&key.as_str()), "{key}");
    }
    let plain = scene_of(sample("thirty_years"), "1200x680", false);
    let used: Vec<_> = keys
        .into_iter()
        .filter(|k| texts(&plain).contains(&k.as_str()))
        .collect();
    assert_eq!(used, [&words.key_total]);
}

#[test]
fn what_is_left_out_is_counted_in_the_note() {
    let mut people = series(Some("WHO"), Kind::Total);
    people.points = vec![
        point(date("2015-02-06"), 5400.0, Qualifier::Exact),
        flagged(point(date("2015-02-06"), 300.0, Qualifier::Exact), "part"),
    ];
    let mut share = series(Some("WHO"), Kind::Total);
    share.key.unit = Unit::Percent;
    share.points = vec![
        point(date("2015-02-06"), 40.0, Qualifier::Exact),
        point(date("2015-02-07"), 41.0, Qualifier::Exact),
    ];
    let mut families = series(Some("WHO"), Kind::Total);
    families.key.unit = Unit::Families;
    families.points = vec![point(date("2015-02-06"), 900.0, Qualifier::Exact)];
    let scene = scene_of(&[people, share, families], "1200x680", false);
    assert!(
        texts(&scene).contains(
            &"1 figure from 1 article, 1 source · headcount · not drawn: 2 shares, 1 part of another figure, 1 in another unit"
        ),
        "{:?}",
        texts(&scene)
    );
}

#[test]
fn places_units_starts_and_expectations_never_share_a_line_and_sums_have_none() {
    let mut whole = series(Some("OCHA"), Kind::Total);
    whole.points = vec![
        point(date("2014-01-01"), 100.0, Qualifier::Exact),
        flagged(
            point(date("2014-06-01"), 500.0, Qualifier::Exact),
            "projected",
        ),
        flagged(
            point(date("2014-02-01"), 60.0, Qualifier::Exact),
            "started=2014-01-20",
        ),
    ];
    let mut town = series(Some("OCHA"), Kind::Total);
    town.key.place = Some("Bentiu".into());
    town.points = vec![point(date("2014-01-02"), 20.0, Qualifier::Exact)];
    let mut children = series(Some("OCHA"), Kind::Total);
    children.key.unit = Unit::Children;
    children.points = vec![point(date("2014-01-03"), 9.0, Qualifier::Exact)];
    let mut sum = series(Some("OCHA"), Kind::New);
    sum.points = vec![point(date("2014-01-04"), 7.0, Qualifier::Exact)];
    sum.points[0].rule = "sum_of_disjoint_periods".into();
    let plan = Plan::new(&[whole, town, children, sum], false, words());
    let mut names = names(&plan);
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "OCHA",
            "OCHA · Bentiu",
            "OCHA · children",
            "OCHA · since 20 Jan 2014",
            "OCHA, projected"
        ]
    );
    // One source, one colour.
    assert!(
        plan.lines
            .iter()
            .all(|l| l.style.ink == plan.lines[0].style.ink)
    );
}

#[test]
fn new_figures_of_many_places_are_one_entry() {
    let mut here = series(Some("police"), Kind::New);
    here.key.place = Some("Donetsk".into());
    here.points = vec![point(date("2014-01-02"), 2.0, Qualifier::Exact)];
    let mut there = here.clone();
    there.key.place = Some("Luhansk".into());
    let plan = Plan::new(&[here, there], false, words());
    assert_eq!(names(&plan), ["police, new"]);
    assert_eq!(plan.lines[0].dots.len(), 2);
}

#[test]
fn forty_sources_all_look_different_and_the_unnamed_has_its_own_name() {
    let mut all: Vec<Series> = (0..40)
        .map(|i| samples::rising(&format!("Source {i}"), "2014-01-01", 2, 9, 10.0, 5.0))
        .collect();
    let mut unnamed = series(None, Kind::Total);
    unnamed.points = vec![point(date("2014-01-02"), 2.0, Qualifier::Exact)];
    all.push(unnamed);
    let plan = Plan::new(&all, false, words());
    for (i, one) in plan.lines.iter().enumerate() {
        for other in &plan.lines[..i] {
            assert_ne!(one.style, other.style, "{} {}", one.name, other.name);
        }
    }
    assert_eq!(names(&plan).last(), Some(&"no source named"));
    assert_eq!(plan.sources, 40);
}

#[test]
fn a_legend_without_room_says_how_many_are_grey() {
    let all: Vec<Series> = (0..60)
        .map(|i| samples::rising(&format!("Source number {i}"), "2014-01-01", 2, 9, 10.0, 5.0))
        .collect();
    let scene = scene_of(&all, "400x300", false);
    let named = texts(&scene)
        .iter()
        .filter(|t| t.starts_with("Source number"))
        .count();
    assert!(named >= 4);
    let rest = format!("{} more, in grey", 60 - named);
    assert!(texts(&scene).contains(&rest.as_str()), "{rest}");
}

#[test]
fn a_number_that_did_not_stand_is_ringed_beside_the_line() {
    let mut line = series(Some("OHCHR"), Kind::Total);
    line.points = vec![
        point(date("2014-08-06"), 1000.0, Qualifier::Exact),
        flagged(
            point(date("2014-08-07"), 1543.0, Qualifier::Exact),
            "disputed",
        ),
        flagged(
            point(date("2014-08-07"), 2119.0, Qualifier::Exact),
            "disagrees",
        ),
    ];
    let plan = Plan::new(std::slice::from_ref(&line), false, words());
    let dots = &plan.lines[0].dots;
    assert_eq!(dots.iter().filter(|d| d.flagged).count(), 2);
    assert_eq!(dots.iter().filter(|d| d.aside).count(), 1);
    // The number written beside the end of the line is the one that stands.
    let scene = scene_of(&[line], "1200x680", false);
    assert!(texts(&scene).contains(&"1,543") && !texts(&scene).contains(&"2,119"));
}

#[test]
fn a_chart_of_shares_only_is_no_chart_and_zeros_have_no_place_on_a_log_axis() {
    let mut share = series(Some("WHO"), Kind::Total);
    share.key.unit = Unit::Percent;
    share.points = vec![point(date("2015-02-06"), 40.0, Qualifier::Exact)];
    assert!(charts(&[share]).is_empty());
    let mut zero = series(Some("WHO"), Kind::Total);
    zero.points = vec![point(date("2015-02-06"), 0.0, Qualifier::Exact)];
    let options = Options {
        log: true,
        ..Options::default()
    };
    let error = charts(&[zero])[0].draw(&options).expect_err("only zeros");
    assert_eq!(
        error.to_string(),
        "chart UKR-fatalities: no figure that can be drawn on this axis; try without --log"
    );
}

#[test]
fn absurd_numbers_and_days_do_no_harm() {
    let mut line = series(Some("\u{0}\u{202e}<&>\"'"), Kind::Total);
    line.points = [f64::NAN, f64::INFINITY, -5.0, 1e300, 0.5, 1e12]
        .into_iter()
        .zip([
            chrono::NaiveDate::MIN,
            date("2014-01-01"),
            date("0001-01-01"),
            date("9999-12-31"),
            date("2014-01-02"),
            chrono::NaiveDate::MAX,
        ])
        .map(|(value, day)| point(day, value, Qualifier::Exact))
        .collect();
    let chart = charts(&[line]).remove(0);
    for format in [Format::Png, Format::Svg] {
        for log in [false, true] {
            let options = Options {
                format,
                log,
                ..Options::default()
            };
            assert!(chart.draw(&options).is_ok());
        }
    }
}

#[test]
#[ignore = "draws the samples for looking at, into out/samples"]
fn samples_to_look_at() {
    let folder = Path::new("out/samples");
    std::fs::create_dir_all(folder).expect("a folder");
    for (name, series) in samples::all() {
        for chart in charts(&series) {
            for (ending, size) in [
                ("png", "1200x680"),
                ("svg", "1200x680"),
                ("small.png", "400x300"),
            ] {
                let options = Options {
                    log: name == "log",
                    size: size.parse().expect("a size"),
                    format: ending
                        .rsplit('.')
                        .next()
                        .expect("an ending")
                        .parse()
                        .expect("a format"),
                    ..Options::default()
                };
                chart
                    .save(&folder.join(format!("{name}.{ending}")), &options)
                    .expect("drawn");
            }
        }
    }
}

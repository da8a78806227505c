//! The layout, looked at: texts apart, nothing in the margin, every doubt visible.

use super::plan::Plan;
use super::samples::{self, date, flagged, point, series};
use super::scene::{Item, Rect, Scene, Spot};
use super::*;
use crate::figure::{Kind, Qualifier, Unit};

fn scene_of(series: &[Series], size: &str, log: bool) -> Scene {
    scene_with(
        series,
        &Options {
            size: size.parse().expect("a size"),
            log,
            ..Options::default()
        },
    )
}

fn scene_with(series: &[Series], options: &Options) -> Scene {
    let chart = charts(series, &Options::default()).remove(0);
    let plan = Plan::new(series, options, words());
    layout::scene(&chart.title, chart.unit(), &plan, options, words())
}

fn plan(series: &[Series]) -> Plan {
    Plan::new(series, &Options::default(), words())
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
    let usual = Options::default();
    let ways = [
        usual,
        Options { log: true, ..usual },
        Options {
            panels: Some(Panels::Source),
            ..usual
        },
        Options {
            at: Some(date("2015-02-10")),
            ..usual
        },
    ];
    let sizes = [
        "1200x680", "400x300", "700x900", "3000x500", "400x2000", "slide", "print",
    ];
    let mut drawn = 0;
    for (name, series) in samples::all() {
        for (size, way) in sizes.iter().flat_map(|s| ways.iter().map(move |w| (s, w))) {
            let options = Options {
                size: size.parse().expect("a size"),
                ..*way
            };
            // Only zeros on a logarithmic axis, or nothing that holds on the day.
            if Plan::new(&series, &options, words()).is_empty() {
                continue;
            }
            drawn += 1;
            apart(
                &scene_with(&series, &options),
                &format!("{name} {options:?}"),
            );
        }
    }
    assert!(drawn > 300, "{drawn}");
}

/// Texts do not overlap, and nothing is in the margin.
fn apart(scene: &Scene, name: &str) {
    let labels: Vec<_> = scene.labels().collect();
    let sheet = Rect {
        left: 6.0,
        top: 4.0,
        right: f64::from(scene.width) - 6.0,
        bottom: f64::from(scene.height) - 4.0,
    };
    for (i, one) in labels.iter().enumerate() {
        assert!(sheet.holds(&one.bounds), "{name}: {one:?}");
        for other in &labels[..i] {
            assert!(
                !one.bounds.overlaps(&other.bounds),
                "{name}: {:?} over {:?}",
                one.text,
                other.text
            );
        }
    }
    for (x, y) in spots(scene) {
        assert!(
            x >= sheet.left && x <= sheet.right && y >= sheet.top && y <= sheet.bottom,
            "{name}: {x} {y}"
        );
    }
}

#[test]
fn rings_say_why_and_those_without_room_are_counted() {
    let mut line = samples::rising("OHCHR", "2014-01-01", 60, 7, 100.0, 50.0);
    for (i, point) in line.points.iter_mut().enumerate() {
        if i % 3 == 1 {
            point
                .flags
                .push(if i == 58 { "digit_swap?" } else { "jumped" }.into());
        }
    }
    let scene = scene_of(&[line], "1200x680", false);
    apart(&scene, "flagged");
    let said: Vec<_> = texts(&scene)
        .into_iter()
        .filter(|t| t.contains(": ") && *t != words().key_flag)
        .collect();
    assert!((1..=8).contains(&said.len()), "{said:?}");
    // The most important first, though it stands last.
    assert!(said[0].ends_with("a slip of the typist?"), "{said:?}");
    let rest = format!("{} rings without words", 20 - said.len());
    assert!(
        texts(&scene).iter().any(|t| t.contains(&rest)),
        "{rest}: {:?}",
        texts(&scene)
    );
}

#[test]
fn every_doubt_has_its_words() {
    let told: Vec<&str> = words().doubts.iter().map(|d| d[0].as_str()).collect();
    for flag in crate::series::DOUBTS {
        assert!(
            told.contains(flag),
            "data/lang/en.toml, [charts] doubts: no {flag:?}"
        );
    }
    assert_eq!(told.len(), crate::series::DOUBTS.len());
}

#[test]
fn on_one_day_each_source_has_the_last_it_gave_the_greatest_on_top() {
    let series = [
        samples::rising("A", "2014-01-01", 3, 30, 100.0, 0.0),
        samples::rising("B", "2014-02-01", 3, 30, 300.0, 0.0),
        samples::rising("C", "2014-03-01", 3, 30, 900.0, 0.0),
    ];
    let options = Options {
        at: Some(date("2014-02-10")),
        ..Options::default()
    };
    let scene = scene_with(&series, &options);
    let wanted = [
        "A",
        "B",
        "C",
        "31 Jan 2014",
        "1 Feb 2014",
        "100",
        "300",
        "900",
    ];
    let found: Vec<_> = texts(&scene)
        .into_iter()
        .filter(|t| wanted.contains(t))
        .collect();
    // The axis has numbers too.
    let rows: Vec<_> = found.into_iter().skip_while(|t| *t != "B").collect();
    assert_eq!(rows, ["B", "1 Feb 2014", "300", "A", "31 Jan 2014", "100"]);
}

#[test]
fn panels_share_a_calendar_and_say_what_their_scales_are() {
    let series = [
        samples::rising("A", "2014-01-01", 9, 30, 100.0, 10.0),
        samples::rising("B", "2014-02-01", 8, 30, 3000.0, 100.0),
    ];
    for (scales, said, tops) in [
        (Scales::Shared, "all panels have one scale", 2),
        (Scales::Own, "each panel has its own scale", 1),
    ] {
        let options = Options {
            panels: Some(Panels::Source),
            scales: Some(scales),
            ..Options::default()
        };
        let scene = scene_with(&series, &options);
        assert!(scene.labels().any(|l| l.text.contains(said)));
        let places = |text: &str| -> Vec<f64> {
            scene
                .labels()
                .filter(|l| l.text == text)
                .map(|l| l.x)
                .collect()
        };
        assert_eq!(places("4,000").len(), tops, "{:?}", texts(&scene));
        let (jan, apr) = (places("Apr"), places("Jul"));
        assert_eq!((jan.len(), apr.len()), (2, 2));
        assert!((apr[0] - jan[0] - (apr[1] - jan[1])).abs() < 1e-6);
        // The panels have the names; there is no legend.
        assert_eq!(texts(&scene).iter().filter(|t| **t == "A").count(), 1);
    }
}

#[test]
fn line_ends_are_named_where_they_fit_and_there_is_no_legend_then() {
    let few = [
        samples::rising("A", "2014-01-01", 9, 30, 100.0, 10.0),
        samples::rising("B", "2014-01-01", 9, 30, 3000.0, 100.0),
    ];
    let scene = scene_of(&few, "1200x680", false);
    assert!(
        texts(&scene).contains(&"B 3,820") && !texts(&scene).contains(&"B"),
        "{:?}",
        texts(&scene)
    );
    let crowded: Vec<Series> = (0..6)
        .map(|i| {
            samples::rising(
                &format!("Source {i}"),
                "2014-01-01",
                9,
                30,
                3000.0 + f64::from(i),
                100.0,
            )
        })
        .collect();
    let scene = scene_of(&crowded, "1200x680", false);
    for i in 0..6 {
        assert!(texts(&scene).contains(&format!("Source {i}").as_str()));
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
    let plan = plan(&[whole, town, children, sum]);
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
    let plan = plan(&[here, there]);
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
    let plan = plan(&all);
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
    let plan = plan(std::slice::from_ref(&line));
    let dots = &plan.lines[0].dots;
    assert_eq!(dots.iter().filter(|d| d.doubt.is_some()).count(), 2);
    assert_eq!(dots.iter().filter(|d| d.aside).count(), 1);
    // The number written beside the end of the line is the one that stands.
    let scene = scene_of(&[line], "1200x680", false);
    assert!(
        texts(&scene).contains(&"OHCHR 1,543")
            && texts(&scene).contains(&"2,119: gave way to another number")
    );
}

#[test]
fn a_chart_of_shares_only_is_no_chart_and_zeros_have_no_place_on_a_log_axis() {
    let mut share = series(Some("WHO"), Kind::Total);
    share.key.unit = Unit::Percent;
    share.points = vec![point(date("2015-02-06"), 40.0, Qualifier::Exact)];
    assert!(charts(&[share], &Options::default()).is_empty());
    let mut zero = series(Some("WHO"), Kind::Total);
    zero.points = vec![point(date("2015-02-06"), 0.0, Qualifier::Exact)];
    let options = Options {
        log: true,
        ..Options::default()
    };
    let error = charts(&[zero], &options)[0]
        .draw(&options)
        .expect_err("only zeros");
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
    let chart = charts(&[line], &Options::default()).remove(0);
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

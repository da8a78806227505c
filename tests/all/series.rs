//! Series: what stands on one line, what is one point, what is flagged; the command, and the CSV read back.

use assert_cmd::Command;
use headcount::series::{Series, read_csv, series, table};
use headcount::sheet;
use headcount::{Article, Figure, Kind, Qualifier, Unit};
use proptest::prelude::*;

/// A total of the dead in one country.
pub(crate) fn figure(value: f64, source: &str, as_of: &str) -> Figure {
    let line = serde_json::json!({
        "start": 0, "end": 1, "measure": "fatalities", "value": value, "low": value, "high": value,
        "source": (!source.is_empty()).then_some(source), "as_of": as_of, "country": "UKR",
        "sentence": format!("By {as_of} the count of {source} stood at {value}."),
    });
    serde_json::from_value(line).unwrap()
}

pub(crate) fn hedged(mut figure: Figure, qualifier: Qualifier) -> Figure {
    figure.qualifier = qualifier;
    match qualifier {
        Qualifier::AtLeast | Qualifier::MoreThan => figure.high = None,
        Qualifier::Nearly | Qualifier::UpTo => figure.low = None,
        _ => {}
    }
    figure
}

pub(crate) fn article(id: &str, published: &str, figures: Vec<Figure>) -> Article {
    let mut figures = figures;
    for (i, f) in figures.iter_mut().enumerate() {
        f.id = format!("{id}-{i}");
        f.start = i as u32 * 10;
        f.end = f.start + 1;
    }
    Article {
        id: id.into(),
        url: Some(format!("https://example.org/{id}")),
        publisher: Some("Sample Wire".into()),
        published: Some(published.parse().unwrap()),
        figures,
        ..Article::default()
    }
}

/// One article a number, published on the day it holds.
fn line(rows: &[(f64, &str)]) -> Vec<Article> {
    rows.iter()
        .enumerate()
        .map(|(i, (value, date))| {
            article(
                &format!("a{i:02}"),
                date,
                vec![figure(*value, "OHCHR", date)],
            )
        })
        .collect()
}

/// The numbers of a series with those of its flags that cast doubt.
fn doubts(series: &Series) -> Vec<(f64, Vec<&str>)> {
    let doubt = |f: &&str| headcount::series::DOUBTS.contains(f);
    series
        .points
        .iter()
        .map(|p| {
            (
                p.value.unwrap(),
                p.flags.iter().map(String::as_str).filter(doubt).collect(),
            )
        })
        .collect()
}

#[test]
fn a_recount_is_a_jump_and_steady_growth_is_not() {
    let mut articles = line(&[
        (1129.0, "2014-07-26"),
        (2086.0, "2014-08-11"),
        (2905.0, "2014-09-03"),
        (3660.0, "2014-10-06"),
        (4317.0, "2014-11-18"),
        (4707.0, "2014-12-12"),
        (5086.0, "2015-01-21"),
        (6116.0, "2015-04-14"),
        (6362.0, "2015-05-15"),
        (6417.0, "2015-05-30"),
        (7962.0, "2015-09-08"),
        (9098.0, "2015-11-15"),
        (9167.0, "2016-02-15"),
        (9371.0, "2016-06-03"),
        (9470.0, "2016-06-30"),
        (9640.0, "2016-09-15"),
        (9758.0, "2016-12-01"),
    ]);
    let over = hedged(figure(6000.0, "OHCHR", "2015-03-02"), Qualifier::MoreThan);
    articles.push(article("over", "2015-03-02", vec![over]));
    let all = series(&articles);
    assert_eq!(all.len(), 1);
    let odd: Vec<f64> = doubts(&all[0])
        .iter()
        .filter(|(_, flags)| flags == &["jumped"])
        .map(|(v, _)| *v)
        .collect();
    assert_eq!(odd, [7962.0, 9098.0]);
    assert!(all[0].points.iter().all(|p| p.rule == "as_stated"));
}

#[test]
fn a_swapped_digit_is_suspected_and_its_neighbours_are_not() {
    let all = series(&line(&[
        (1129.0, "2014-07-26"),
        (2119.0, "2014-08-07"),
        (2086.0, "2014-08-11"),
        (2905.0, "2014-09-03"),
    ]));
    assert_eq!(
        doubts(&all[0]),
        [
            (1129.0, vec![]),
            (2119.0, vec!["digit_swap?"]),
            (2086.0, vec![]),
            (2905.0, vec![])
        ]
    );
    let dropped = series(&line(&[
        (4808.0, "2015-01-06"),
        (586.0, "2015-01-21"),
        (6116.0, "2015-04-14"),
    ]));
    assert_eq!(doubts(&dropped[0])[1], (586.0, vec!["digit_swap?"]));
}

#[test]
fn a_total_that_falls_or_begins_again_is_flagged() {
    let fell = series(&line(&[(5486.0, "2015-02-06"), (5358.0, "2015-02-10")]));
    assert_eq!(doubts(&fell[0])[1], (5358.0, vec!["fell"]));
    let restarted = series(&line(&[
        (5486.0, "2015-12-31"),
        (38.0, "2016-01-31"),
        (61.0, "2016-02-29"),
    ]));
    assert_eq!(
        doubts(&restarted[0]),
        [(5486.0, vec![]), (38.0, vec!["restarted"]), (61.0, vec![])]
    );
    let leapt = series(&line(&[(40.0, "2015-02-01"), (160.0, "2015-02-04")]));
    assert_eq!(doubts(&leapt[0])[1], (160.0, vec!["jumped"]));
}

#[test]
fn rounding_and_stocks_do_not_fall() {
    let rounded = hedged(figure(5000.0, "OHCHR", "2015-01-30"), Qualifier::MoreThan);
    let all = series(&[
        article(
            "a",
            "2015-01-21",
            vec![figure(5086.0, "OHCHR", "2015-01-21")],
        ),
        article("b", "2015-01-30", vec![rounded]),
    ]);
    assert!(all[0].points.iter().all(|p| p.flags.is_empty()), "{all:?}");
    let mut stock = line(&[(980_000.0, "2015-02-06"), (640_000.0, "2015-09-06")]);
    for a in &mut stock {
        a.figures[0].measure = "idps".parse().unwrap();
    }
    assert!(series(&stock)[0].points.iter().all(|p| p.flags.is_empty()));
}

#[test]
fn one_claim_in_many_articles_is_one_point_and_wire_copies_are_told() {
    let day = "2015-02-06";
    let claim = figure(5486.0, "OHCHR", day);
    let mut shouted = claim.clone();
    shouted.sentence = shouted.sentence.to_uppercase();
    let mut own_words = claim.clone();
    own_words.sentence = "Monitors working in the east have now counted 5,486 people dead.".into();
    let all = series(&[
        article("a", day, vec![claim.clone(), claim]),
        article("b", day, vec![shouted]),
        article("c", day, vec![own_words]),
    ]);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].points.len(), 1);
    let point = &all[0].points[0];
    assert_eq!(point.articles, ["a", "b", "c"]);
    assert_eq!(point.figure_ids, ["a-0", "a-1", "b-0", "c-0"]);
    assert_eq!(point.publishers, ["Sample Wire"]);
    assert_eq!(point.flags, ["copies=1"]);
    assert!(!point.is_doubtful());
}

#[test]
fn of_two_numbers_for_one_day_the_later_stands_and_a_rounder_one_joins() {
    let day = "2014-10-06";
    let all = series(&[
        article("a", "2014-10-06", vec![figure(3640.0, "OHCHR", day)]),
        article(
            "b",
            "2014-10-07",
            vec![hedged(figure(3660.0, "OHCHR", day), Qualifier::AtLeast)],
        ),
        article("c", "2014-10-08", vec![figure(3600.0, "OHCHR", day)]),
    ]);
    let points: Vec<_> = all[0]
        .points
        .iter()
        .map(|p| (p.value.unwrap(), p.articles.len(), p.flags.join(" ")))
        .collect();
    assert_eq!(
        points,
        [
            (3660.0, 2, "disputed rounded".to_string()),
            (3640.0, 1, "disagrees".to_string())
        ]
    );
}

#[test]
fn what_must_not_share_a_line_does_not() {
    let day = "2015-02-06";
    let plain = || figure(5486.0, "OHCHR", day);
    let mut children = plain();
    children.unit = Unit::Children;
    let mut share = plain();
    (share.unit, share.value) = (Unit::Percent, Some(20.0));
    let mut new = plain();
    new.kind = Kind::New;
    let mut part = plain();
    part.part_of = true;
    let mut feared = plain();
    feared.projected = true;
    let mut elsewhere = plain();
    elsewhere.place_text = Some("Donetsk".into());
    let mut abroad = plain();
    abroad.measure = "asylum_seekers".parse().unwrap();
    let other = figure(5400.0, "", day);
    let figures = vec![
        plain(),
        children,
        share,
        new,
        part,
        feared,
        elsewhere,
        abroad,
        other,
    ];
    let n = figures.len();
    let all = series(&[article("a", day, figures)]);
    assert_eq!(all.len(), n);
    assert_eq!(all.iter().filter(|s| s.is_part()).count(), 1);
    assert_eq!(all.iter().filter(|s| s.is_projected()).count(), 1);
    assert!(!all.iter().any(Series::is_sum));
}

#[test]
fn a_stretch_of_a_country_shares_its_line_where_it_holds_no_less_than_the_whole_did() {
    let at = |value: f64, place: &str, day: &str| {
        let mut f = figure(value, "OHCHR", day);
        f.place_text = (!place.is_empty()).then(|| place.into());
        article(&format!("{value}"), day, vec![f])
    };
    let all = series(&[
        at(3660.0, "Ukraine", "2014-10-06"),
        at(4317.0, "eastern Ukraine", "2014-11-18"),
        at(4317.0, "", "2014-11-18"),
        at(4707.0, "", "2014-12-12"),
        at(900.0, "southern Ukraine", "2014-12-12"),
        at(4800.0, "Donetsk", "2015-01-06"),
    ]);
    let lines: Vec<(Option<&str>, Vec<f64>)> = all
        .iter()
        .map(|s| {
            (
                s.key.place.as_deref(),
                s.points.iter().filter_map(|p| p.value).collect(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            (None, vec![3660.0, 4317.0, 4707.0]),
            (Some("Donetsk"), vec![4800.0]),
            (Some("southern Ukraine"), vec![900.0]),
        ]
    );
    assert_eq!(all[0].points[1].flags, ["area=eastern Ukraine"]);
}

fn during(value: f64, start: &str, end: &str) -> Figure {
    let mut f = figure(value, "Civil Defence", end);
    f.kind = Kind::New;
    f.as_of = None;
    f.period_start = Some(start.parse().unwrap());
    f.period_end = Some(end.parse().unwrap());
    f
}

#[test]
fn new_figures_add_up_over_disjoint_periods_only() {
    let all = series(&[
        article(
            "a",
            "2015-02-01",
            vec![during(10.0, "2015-01-01", "2015-01-31")],
        ),
        article(
            "b",
            "2015-01-11",
            vec![during(4.0, "2015-01-05", "2015-01-11")],
        ), // inside January
        article(
            "c",
            "2015-03-01",
            vec![during(7.0, "2015-02-01", "2015-02-28")],
        ),
    ]);
    let sums: Vec<&Series> = all.iter().filter(|s| s.is_sum()).collect();
    assert_eq!(sums.len(), 1);
    let last = sums[0].points.last().unwrap();
    assert_eq!(
        (last.value, last.date.to_string()),
        (Some(17.0), "2015-02-28".into())
    );
    assert_eq!(last.articles, ["a", "c"]);
    assert_eq!(last.rule, "sum_of_disjoint_periods");
    assert!(last.flags.is_empty());
    // nor is what no one signs
    let unsigned = |value, start, end| {
        let mut f = during(value, start, end);
        f.source = None;
        f
    };
    let figures = vec![
        unsigned(10.0, "2015-01-01", "2015-01-31"),
        unsigned(7.0, "2015-02-01", "2015-02-28"),
    ];
    let unsigned = series(&[article("a", "2015-03-01", figures)]);
    assert_eq!(unsigned.len(), 1);
    assert!(!unsigned.iter().any(Series::is_sum));
    // totals are never added up
    let totals = series(&line(&[(10.0, "2015-01-31"), (17.0, "2015-02-28")]));
    assert!(!totals.iter().any(Series::is_sum));
}

#[test]
fn an_overlapping_period_makes_the_sum_a_least_one() {
    let all = series(&[article(
        "a",
        "2015-04-01",
        vec![
            during(10.0, "2015-01-01", "2015-01-31"),
            during(5.0, "2015-01-20", "2015-02-10"),
            during(7.0, "2015-03-01", "2015-03-31"),
        ],
    )]);
    let sum = all.iter().find(|s| s.is_sum()).unwrap();
    let last = sum.points.last().unwrap();
    assert_eq!(
        (last.value, last.qualifier),
        (Some(17.0), Qualifier::AtLeast)
    );
    assert_eq!(last.flags, ["gaps", "left_out=1"]);
}

#[test]
fn counts_from_another_day_are_other_counts() {
    let since = |value: f64, start: &str, day: &str| {
        let mut f = figure(value, "OHCHR", day);
        f.period_start = Some(start.parse().unwrap());
        f
    };
    let all = series(&[
        article(
            "a",
            "2015-12-01",
            vec![since(9000.0, "2014-04-14", "2015-12-01")],
        ),
        article(
            "b",
            "2016-02-01",
            vec![since(40.0, "2016-01-01", "2016-02-01")],
        ),
        article(
            "c",
            "2016-02-15",
            vec![since(9167.0, "2014-04-01", "2016-02-15")],
        ),
    ]);
    let values: Vec<Vec<f64>> = all
        .iter()
        .map(|s| s.points.iter().filter_map(|p| p.value).collect())
        .collect();
    assert_eq!(values, [vec![9000.0, 9167.0], vec![40.0]]);
    assert_eq!(all[1].points[0].flags, ["started=2016-01-01"]);
    assert!(all[0].points.iter().all(|p| p.flags.is_empty()));
}

fn csv(series: &[Series], hxl: bool) -> String {
    let mut out = Vec::new();
    sheet::csv::write(&mut out, table(series), hxl).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_bad_table_is_named_with_its_line() {
    let head = csv(&[], false);
    let bad = format!("{head}2015-02-06,nothing,,,,total,people,1,1,1,exact,as_stated,a,,,f,,1,\n");
    let error = read_csv("s.csv", bad.as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("s.csv:2: measure \"nothing\""), "{error}");
    let error = read_csv("s.csv", &b"date,value\n"[..])
        .unwrap_err()
        .to_string();
    assert!(error.contains("no column \"measure\""), "{error}");
}

#[test]
fn the_command_prints_the_csv_and_its_tags() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let article = article(
        "a",
        "2015-02-06",
        vec![figure(5486.0, "HRMMU", "2015-02-06")],
    );
    std::fs::write(&file, serde_json::to_string(&article).unwrap() + "\n").unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::cargo_bin("headcount").unwrap();
        command.arg("series").args(args).arg("--from").arg(&file);
        String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
    };
    let header = "date,measure,country,place,source,kind,unit,value,low,high,qualifier,rule,articles,publishers,urls,figure_ids,flags,checked,why\n";
    let row = "2015-02-06,fatalities,UKR,,HRMMU,total,people,5486,5486,5486,exact,as_stated,a,Sample Wire,https://example.org/a,a-0,,5486,\n";
    assert_eq!(run(&[]), format!("{header}{row}"));
    let tagged = run(&["--hxl"]);
    let lines: Vec<&str> = tagged.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[1].split(',').all(|tag| tag.starts_with('#')));
    assert!(run(&["--format", "table"]).contains("5,486"));
    let json: serde_json::Value = serde_json::from_str(&run(&["--format", "jsonl"])).unwrap();
    assert_eq!(
        (&json["value"], &json["articles"][0]),
        (&5486.0.into(), &"a".into())
    );
}

fn any_articles() -> impl Strategy<Value = Vec<Article>> {
    let figure = (
        (0_u32..12, 0_u32..60, prop::sample::select(Qualifier::ALL)),
        (
            prop::sample::select(vec!["", "OHCHR", "UNHCR"]),
            any::<bool>(),
            any::<bool>(),
        ),
        (prop::option::of(0_u32..60), 0_u32..8),
    )
        .prop_map(|((n, day, qualifier), (source, new, part), (start, odd))| {
            let date = |d: u32| chrono::NaiveDate::from_ymd_opt(2015, 1 + d / 28, 1 + d % 28);
            let mut f = figure(f64::from(n * n * 37), source, "2015-01-01");
            (f.as_of, f.qualifier, f.part_of) = (date(day), qualifier, part && odd == 0);
            f.projected = odd == 1;
            if matches!(qualifier, Qualifier::Range | Qualifier::Vague) {
                f.value = None;
            }
            f.period_start = start.filter(|s| *s <= day).and_then(date);
            if new {
                (f.kind, f.period_end, f.as_of) = (Kind::New, f.as_of, None);
            }
            f
        });
    prop::collection::vec((prop::collection::vec(figure, 0..5), 0_u32..28), 0..12).prop_map(|all| {
        let day = |d: u32| format!("2015-03-{:02}", d + 1);
        all.into_iter()
            .enumerate()
            .map(|(i, (figures, d))| article(&format!("a{i:02}"), &day(d), figures))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_the_articles_does_not_matter(articles in any_articles(), turn in 0_usize..12) {
        let straight = series(&articles);
        let pairs = headcount::compare::pairs(&articles);
        let mut turned = articles;
        if !turned.is_empty() {
            let n = turned.len();
            turned.rotate_left(turn % n);
            turned[n / 2..].reverse();
        }
        prop_assert_eq!(&series(&turned), &straight);
        prop_assert_eq!(&headcount::compare::pairs(&turned), &pairs);
        // an article given twice counts once
        turned.extend(turned.clone());
        prop_assert_eq!(&series(&turned), &straight);
    }

    #[test]
    fn every_number_is_one_of_its_figures_and_no_figure_is_lost(articles in any_articles()) {
        let by_id: std::collections::BTreeMap<&str, &Figure> =
            articles.iter().flat_map(|a| &a.figures).map(|f| (f.id.as_str(), f)).collect();
        let mut seen = std::collections::BTreeSet::new();
        for s in series(&articles) {
            prop_assert!(s.points.is_sorted_by_key(|p| p.date));
            for p in s.points.iter().filter(|p| p.rule == "as_stated") {
                let figures: Vec<&&Figure> = p.figure_ids.iter().map(|id| &by_id[id.as_str()]).collect();
                prop_assert!(figures.iter().any(|f| (f.value, f.low, f.high) == (p.value, p.low, p.high)));
                prop_assert!(p.figure_ids.iter().all(|id| seen.insert(id.clone())), "a figure on two points");
            }
        }
        prop_assert_eq!(seen.len(), by_id.len());
    }

    #[test]
    fn a_written_series_reads_back_the_same(articles in any_articles(), hxl: bool) {
        let all = series(&articles);
        let text = csv(&all, hxl);
        let back = read_csv("s.csv", text.as_bytes()).unwrap();
        prop_assert_eq!(&back, &all);
        prop_assert_eq!(csv(&back, hxl), text);
    }
}

//! Compare: what the relation of two claims is, what is not compared at all, and the command.

use assert_cmd::Command;
use headcount::compare::{Pair, Relation, pairs, side_by_side};
use headcount::{Article, Figure, Kind, Qualifier};

use crate::series::{article, figure, hedged};

/// One article a figure, published on the day the figure holds.
fn told(figures: Vec<Figure>) -> Vec<Article> {
    let day = |f: &Figure| f.as_of.or(f.period_end).unwrap().to_string();
    figures
        .into_iter()
        .enumerate()
        .map(|(i, f)| article(&format!("a{i}"), &day(&f), vec![f]))
        .collect()
}

fn relations(figures: Vec<Figure>) -> Vec<(Relation, Option<f64>)> {
    pairs(&told(figures))
        .iter()
        .map(|p| (p.relation, p.ratio))
        .collect()
}

#[test]
fn relations_on_published_figures() {
    use Qualifier::{AtLeast, Exact, MoreThan, Nearly};
    use Relation::{Agree, Conflict, RevisedDown, RoundTo, Update, WithinHedge};
    type Side = (Qualifier, f64, &'static str, &'static str);
    let table: &[(Side, Side, Relation, f64)] = &[
        (
            (Exact, 5086.0, "OHCHR", "2015-01-21"),
            (MoreThan, 5000.0, "", "2015-01-22"),
            RoundTo,
            1.017,
        ),
        (
            (AtLeast, 3660.0, "OHCHR", "2014-10-06"),
            (Exact, 3600.0, "UN", "2014-10-07"),
            RoundTo,
            1.017,
        ),
        (
            (Exact, 259_741.0, "OCHA", "2014-09-01"),
            (Exact, 260_000.0, "UNHCR", "2014-09-01"),
            RoundTo,
            1.001,
        ),
        (
            (Nearly, 5400.0, "", "2015-02-06"),
            (Exact, 5486.0, "HRMMU", "2015-02-06"),
            Conflict,
            1.016,
        ),
        (
            (AtLeast, 1543.0, "OCHA", "2014-08-07"),
            (Exact, 2119.0, "OHCHR", "2014-08-07"),
            Conflict,
            1.373,
        ),
        (
            (AtLeast, 4707.0, "OHCHR", "2014-12-12"),
            (Exact, 5086.0, "SBU", "2014-12-12"),
            WithinHedge,
            1.081,
        ),
        (
            (AtLeast, 4707.0, "OHCHR", "2014-12-12"),
            (AtLeast, 4808.0, "OHCHR", "2015-01-06"),
            Update,
            1.021,
        ),
        (
            (Exact, 9098.0, "OHCHR", "2015-11-15"),
            (Exact, 9167.0, "OHCHR", "2016-02-15"),
            Update,
            1.008,
        ),
        (
            (Exact, 5086.0, "OHCHR", "2015-01-21"),
            (Nearly, 5400.0, "", "2015-02-06"),
            Update,
            1.062,
        ),
        (
            (Exact, 5486.0, "HRMMU", "2015-02-06"),
            (Exact, 5358.0, "HRMMU", "2015-02-10"),
            RevisedDown,
            1.024,
        ),
        (
            (Exact, 5486.0, "HRMMU", "2015-02-06"),
            (Exact, 5358.0, "WHO", "2015-02-10"),
            Conflict,
            1.024,
        ),
        (
            (Exact, 5486.0, "HRMMU", "2015-02-06"),
            (Exact, 5486.0, "WHO", "2015-02-08"),
            Agree,
            1.0,
        ),
        (
            (Exact, 40.0, "police", "2015-02-06"),
            (Exact, 400.0, "rebels", "2015-02-07"),
            Conflict,
            10.0,
        ),
    ];
    for (a, b, relation, ratio) in table {
        let make = |s: &Side| hedged(figure(s.1, s.2, s.3), s.0);
        let found = relations(vec![make(a), make(b)]);
        assert_eq!(found, [(*relation, Some(*ratio))], "{a:?} {b:?}");
        assert_eq!(
            relations(vec![make(b), make(a)]),
            found,
            "order of articles"
        );
    }
}

#[test]
fn a_stock_may_fall() {
    let count = |value: f64, source: &str, day: &str| {
        let mut f = figure(value, source, day);
        f.measure = "idps".parse().unwrap();
        f
    };
    let found = relations(vec![
        count(1_331_000.0, "Ministry", "2015-06-08"),
        count(900_000.0, "Ministry", "2015-09-08"),
    ]);
    assert_eq!(found[0].0, Relation::Update);
}

#[test]
fn what_is_not_about_the_same_thing_is_not_compared() {
    let day = "2015-02-06";
    let base = || figure(5486.0, "HRMMU", day);
    let other = |change: &dyn Fn(&mut Figure)| {
        let mut f = figure(700.0, "WHO", day);
        change(&mut f);
        relations(vec![base(), f])
    };
    assert_eq!(other(&|_| ()).len(), 1, "else the rest proves nothing");
    assert!(other(&|f| f.measure = "injured".parse().unwrap()).is_empty());
    assert!(other(&|f| f.kind = Kind::New).is_empty());
    assert!(other(&|f| f.unit = headcount::Unit::Children).is_empty());
    assert!(other(&|f| f.part_of = true).is_empty());
    assert!(other(&|f| f.projected = true).is_empty());
    assert!(other(&|f| f.country = Some("SSD".parse().unwrap())).is_empty());
    assert!(other(&|f| f.place_text = Some("Donetsk".into())).is_empty());
    assert!(other(&|f| f.as_of = "2015-09-06".parse().ok()).is_empty());
}

#[test]
fn a_difference_that_is_a_stated_part_is_explained() {
    let day = "2014-11-18";
    let mut on_board = figure(298.0, "OHCHR", day);
    on_board.part_of = true;
    let found = pairs(&[
        article("a", day, vec![figure(4317.0, "OHCHR", day), on_board]),
        article("b", day, vec![figure(4019.0, "rebels", day)]),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].relation, Relation::Conflict);
    assert_eq!(found[0].note.as_deref(), Some("part=298"));
}

fn new(value: f64, source: &str, place: Option<&str>) -> Figure {
    let mut f = figure(value, source, "2015-01-24");
    f.kind = Kind::New;
    (f.period_start, f.period_end, f.as_of) = (f.as_of, f.as_of, None);
    f.place_text = place.map(Into::into);
    f
}

#[test]
fn incidents_are_set_against_each_other_only_where_it_is_sure() {
    let conflict = |a: Vec<Figure>, b: Vec<Figure>| {
        let all = [article("a", "2015-01-24", a), article("b", "2015-01-24", b)];
        pairs(&all).iter().any(|p| p.relation == Relation::Conflict)
    };
    let named = Some("Mariupol");
    // each article's only number
    assert!(conflict(
        vec![new(30.0, "police", None)],
        vec![new(15.0, "doctors", None)]
    ));
    // one article tells of two incidents: which is meant?
    assert!(!conflict(
        vec![new(30.0, "police", None), new(2.0, "police", None)],
        vec![new(15.0, "doctors", None)]
    ));
    // the place says which
    assert!(conflict(
        vec![new(30.0, "police", named), new(2.0, "police", None)],
        vec![new(15.0, "doctors", named)]
    ));
}

#[test]
fn numbers_too_far_apart_or_without_a_day_are_not_set_against_each_other() {
    let day = "2010-01-14";
    let toll = |value: f64, source: &str| figure(value, source, day);
    // the whole toll in one article, the dead of one organisation in another
    assert!(relations(vec![toll(100_000.0, "premier"), toll(14.0, "UN")]).is_empty());
    let several = |second: f64| {
        let two = vec![toll(1000.0, "premier"), toll(30.0, "army")];
        let all = [
            article("a", day, two),
            article("b", day, vec![toll(second, "UN")]),
        ];
        pairs(&all)
            .iter()
            .filter(|p| p.relation == Relation::Conflict)
            .count()
    };
    assert_eq!(several(1500.0), 1);
    assert_eq!(several(5000.0), 0);
    let mut undated = article("u", day, vec![figure(850.0, "UN", day)]);
    (undated.published, undated.figures[0].as_of) = (None, None);
    let mut also = undated.clone();
    also.id = "v".into();
    (also.figures[0].id, also.figures[0].value) = ("v-0".into(), Some(1200.0));
    let dated = article("a", day, vec![toll(1000.0, "premier")]);
    assert!(pairs(&[undated.clone(), dated]).is_empty());
    let both: Vec<Relation> = pairs(&[undated, also]).iter().map(|p| p.relation).collect();
    assert_eq!(
        both,
        [Relation::Conflict],
        "two texts without a date, one number each"
    );
}

#[test]
fn a_long_series_gives_neighbours_not_all_pairs() {
    let figures: Vec<Figure> = (0..100)
        .map(|i| {
            let day = chrono::NaiveDate::from_ymd_opt(2015, 1 + i / 28, 1 + i % 28).unwrap();
            figure(f64::from(1000 + 13 * i), "OHCHR", &day.to_string())
        })
        .collect();
    let found = pairs(&told(figures));
    assert_eq!(found.len(), 99);
    assert!(found.iter().all(|p| p.relation == Relation::Update));
}

#[test]
fn side_by_side_also_gives_what_only_one_says() {
    let day = "2015-02-06";
    let mut hurt = figure(12_000.0, "WHO", day);
    hurt.measure = "injured".parse().unwrap();
    let both = [
        article("a", day, vec![figure(5486.0, "HRMMU", day), hurt]),
        article("b", day, vec![figure(5486.0, "HRMMU", day)]),
    ];
    let found: Vec<(Relation, Vec<String>)> = side_by_side(&both)
        .into_iter()
        .map(|p| (p.relation, p.a.articles))
        .collect();
    assert_eq!(
        found,
        [
            (Relation::Agree, vec!["a".to_string(), "b".to_string()]),
            (Relation::Only, vec!["a".to_string()])
        ]
    );
}

#[test]
fn the_command_sets_files_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let day = "2015-02-06";
    let nearly = hedged(figure(5400.0, "", day), Qualifier::Nearly);
    let files: Vec<_> = [("a", nearly), ("b", figure(5486.0, "HRMMU", day))]
        .into_iter()
        .map(|(id, f)| {
            let path = folder.path().join(format!("{id}.jsonl"));
            let line = serde_json::to_string(&article(id, day, vec![f])).unwrap();
            std::fs::write(&path, line + "\n").unwrap();
            path
        })
        .collect();
    let run = |format: &str| {
        let mut command = Command::cargo_bin("headcount").unwrap();
        command.args(["compare", "--format", format]).args(&files);
        String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
    };
    let table = run("table");
    for words in [
        "conflict x1.016",
        "nearly 5,400",
        "5,486",
        "HRMMU",
        "the count of HRMMU stood at 5486",
    ] {
        assert!(table.contains(words), "{words:?} in\n{table}");
    }
    let pair: Pair = serde_json::from_str(run("jsonl").trim()).unwrap();
    assert_eq!(pair.relation, Relation::Conflict);
    assert_eq!(pair.b.unwrap().source.as_deref(), Some("HRMMU"));
    assert!(
        run("csv")
            .lines()
            .nth(1)
            .unwrap()
            .starts_with("conflict,1.016,fatalities,people,total,UKR,")
    );
}

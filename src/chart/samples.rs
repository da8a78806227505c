//! Series for looking at and for testing.

use chrono::{Days, NaiveDate};

use crate::figure::{Kind, Qualifier, Unit};
use crate::series::{Key, Point, Series};

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// An empty series about fatalities in Ukraine.
pub(super) fn series(source: Option<&str>, kind: Kind) -> Series {
    Series {
        key: Key {
            measure: "fatalities".parse().expect("a measure"),
            country: Some("UKR".parse().expect("a country")),
            place: None,
            source: source.map(str::to_string),
            kind,
            unit: Unit::People,
        },
        points: Vec::new(),
    }
}

/// A point with the bounds that its hedge gives.
pub(super) fn point(day: NaiveDate, value: f64, qualifier: Qualifier) -> Point {
    let (low, high) = match qualifier {
        Qualifier::MoreThan | Qualifier::AtLeast => (Some(value), None),
        Qualifier::Nearly | Qualifier::UpTo | Qualifier::FewerThan => (None, Some(value)),
        _ => (Some(value), Some(value)),
    };
    let id = format!("{day}/{value}");
    Point {
        date: day,
        value: Some(value),
        low,
        high,
        qualifier,
        rule: "as_stated".into(),
        articles: vec![id.clone()],
        publishers: vec!["Sample Wire".into()],
        urls: Vec::new(),
        figure_ids: vec![id],
        flags: Vec::new(),
        why: String::new(),
    }
}

/// A range.
pub(super) fn between(day: NaiveDate, low: f64, high: f64) -> Point {
    Point {
        value: None,
        low: Some(low),
        high: Some(high),
        ..point(day, f64::midpoint(low, high), Qualifier::Range)
    }
}

/// With a flag.
pub(super) fn flagged(mut point: Point, flag: &str) -> Point {
    point.flags.push(flag.into());
    point
}

/// A rising line of so many points, every so many days.
pub(super) fn rising(
    source: &str,
    first: &str,
    count: u64,
    every: u64,
    start: f64,
    step: f64,
) -> Series {
    let mut line = series(Some(source), Kind::Total);
    line.points = (0..count)
        .map(|i| {
            let day = date(first) + Days::new(i * every);
            let wobble = (i * 7 % 5) as f64 * step * 0.2;
            point(
                day,
                (start + step * i as f64 + wobble).round(),
                Qualifier::Exact,
            )
        })
        .collect();
    line
}

/// Every kind of chart worth looking at, by name.
pub(super) fn all() -> Vec<(&'static str, Vec<Series>)> {
    let exact = Qualifier::Exact;
    let one = |points: Vec<Point>| {
        let mut s = series(Some("OHCHR"), Kind::Total);
        s.points = points;
        s
    };
    let mut marks = one(vec![
        point(date("2014-06-24"), 423.0, exact),
        between(date("2014-08-10"), 1900.0, 2250.0),
        point(date("2014-10-08"), 3660.0, Qualifier::AtLeast),
        flagged(point(date("2014-11-20"), 2917.0, exact), "fell"),
        Point {
            low: Some(4300.0),
            high: Some(5100.0),
            ..point(date("2014-12-20"), 4707.0, Qualifier::About)
        },
        Point {
            low: Some(4600.0),
            high: Some(5400.0),
            ..point(date("2015-01-20"), 5086.0, Qualifier::About)
        },
        point(date("2015-02-06"), 5486.0, Qualifier::Nearly),
    ]);
    marks.points.push(flagged(
        point(date("2015-04-01"), 6400.0, exact),
        "projected",
    ));
    let mut new = series(Some("Interior Ministry"), Kind::New);
    new.points = vec![
        point(date("2014-07-17"), 298.0, exact),
        point(date("2014-08-18"), 17.0, Qualifier::AtLeast),
        point(date("2015-01-13"), 12.0, exact),
        point(date("2015-01-24"), 30.0, Qualifier::UpTo),
    ];
    let mut share = one(vec![point(date("2015-02-06"), 0.25, Qualifier::MoreThan)]);
    share.key.unit = Unit::Fraction;
    let mut unnamed = series(None, Kind::Total);
    unnamed.points = vec![
        point(date("2014-09-01"), 2600.0, Qualifier::MoreThan),
        point(date("2015-02-06"), 5400.0, Qualifier::Nearly),
    ];
    let mut only_new = series(Some("police"), Kind::New);
    only_new.points = (0..45u64)
        .map(|i| {
            let day = date("2016-03-01") + Days::new(i * i * 3 % 90);
            point(
                day,
                (1 + i * 13 % 37) as f64,
                if i % 6 == 0 {
                    Qualifier::AtLeast
                } else {
                    exact
                },
            )
        })
        .collect();
    let mut hospital = only_new.clone();
    hospital.key.source = Some("hospital officials".into());
    hospital.points = hospital
        .points
        .iter()
        .step_by(3)
        .cloned()
        .map(|p| Point {
            date: p.date + Days::new(2),
            value: p.value.map(|v| v + 3.0),
            low: p.low.map(|v| v + 3.0),
            high: p.high.map(|v| v + 3.0),
            ..p
        })
        .collect();
    let names = [
        "OHCHR",
        "OCHA",
        "WHO",
        "Reuters",
        "AP",
        "AFP",
        "SOHR",
        "ICRC",
        "HRW",
        "Interior Ministry",
        "Health Ministry",
        "Defence Ministry",
        "local officials",
        "witnesses",
    ];
    let long = [
        "Office of the United Nations High Commissioner for Human Rights, Monitoring Mission in Ukraine",
        "State Emergency Service of the Donetsk Regional Military and Civil Administration",
        "a spokesman who was not authorised to speak to the press and asked not to be named",
    ];
    let mut decades = vec![
        rising("UNHCR", "1996-02-01", 30, 365, 3.0, 1.0),
        rising("IOM", "2000-01-01", 12, 700, 900.0, 90_000.0),
        rising("OCHA", "2004-01-01", 8, 900, 2_000_000.0, 850_000.0),
    ];
    for s in &mut decades {
        s.key.measure = "idps".parse().expect("a measure");
    }
    let mut places = vec![
        rising("OCHA", "2014-01-10", 9, 20, 900.0, 120.0),
        rising("OCHA", "2014-01-20", 7, 25, 300.0, 60.0),
        rising("OCHA", "2014-02-20", 5, 30, 100.0, 20.0),
    ];
    places[1].key.place = Some("Bentiu".into());
    places[2].key.unit = Unit::Children;
    vec![
        (
            "one",
            vec![one(vec![point(
                date("2015-02-06"),
                5400.0,
                Qualifier::Nearly,
            )])],
        ),
        (
            "two",
            vec![one(vec![
                point(date("2014-06-24"), 423.0, exact),
                point(date("2015-02-06"), 5486.0, Qualifier::MoreThan),
            ])],
        ),
        ("marks", vec![marks.clone(), new, share, unnamed]),
        (
            "forty",
            vec![
                rising("OHCHR", "2014-04-14", 12, 30, 200.0, 700.0),
                rising("WHO", "2014-05-01", 10, 33, 150.0, 650.0),
                rising("Interior Ministry", "2014-06-01", 10, 28, 300.0, 500.0),
                rising("Reuters", "2014-06-10", 8, 40, 250.0, 900.0),
            ],
        ),
        (
            "two_hundred",
            vec![
                rising("OHCHR", "2014-04-14", 110, 7, 200.0, 80.0),
                rising("Health Ministry", "2014-05-01", 90, 8, 100.0, 60.0),
            ],
        ),
        (
            "twelve",
            names
                .iter()
                .take(12)
                .enumerate()
                .map(|(i, n)| {
                    rising(
                        n,
                        "2014-04-14",
                        6,
                        50 + i as u64,
                        200.0 + 90.0 * i as f64,
                        300.0 + 110.0 * i as f64,
                    )
                })
                .collect(),
        ),
        (
            "forty_sources",
            (0..40)
                .map(|i| {
                    rising(
                        &format!("{} {}", names[i % 14], i),
                        "2014-04-14",
                        4,
                        60,
                        200.0 + 90.0 * i as f64,
                        300.0,
                    )
                })
                .collect(),
        ),
        ("log", decades),
        (
            "one_day",
            vec![
                one(vec![
                    point(date("2010-01-12"), 3.0, exact),
                    point(date("2010-01-12"), 5.0, Qualifier::AtLeast),
                ]),
                {
                    let mut s = series(Some("Red Cross"), Kind::New);
                    s.points = vec![point(date("2010-01-12"), 7.0, exact)];
                    s
                },
            ],
        ),
        (
            "thirty_years",
            vec![
                rising("UNHCR", "1985-06-01", 30, 365, 20_000.0, 41_000.0),
                rising("OCHA", "1996-06-01", 16, 420, 80_000.0, 61_000.0),
            ],
        ),
        (
            "long_names",
            long.iter()
                .enumerate()
                .map(|(i, n)| {
                    rising(
                        n,
                        "2014-04-14",
                        8,
                        40 + i as u64,
                        200.0,
                        500.0 + 300.0 * i as f64,
                    )
                })
                .collect(),
        ),
        ("only_new", vec![only_new, hospital]),
        (
            "ranges",
            vec![{
                let mut s = series(Some("OCHA"), Kind::Total);
                s.points = (0..9u64)
                    .map(|i| {
                        between(
                            date("2014-01-01") + Days::new(i * 11),
                            1000.0 + 300.0 * i as f64,
                            1600.0 + 420.0 * i as f64,
                        )
                    })
                    .collect();
                s
            }],
        ),
        ("places", places),
        (
            "zero",
            vec![one(vec![point(date("2015-02-06"), 0.0, exact)])],
        ),
    ]
}

//! `tests/series/rules.md`: every rule of a series, as a table that people can read.

use headcount::series::{self, Point, Series, series};
use headcount::{Article, Qualifier};

use crate::series::{article, figure, hedged};

const RULES: &str = include_str!("../series/rules.md");

/// A row of the table.
struct Row<'a> {
    day: &'a str,
    source: &'a str,
    counts: &'a str,
    number: &'a str,
    sentence: &'a str,
    flags: Vec<&'a str>,
}

/// The sections that have a table: heading and rows.
fn cases() -> Vec<(&'static str, Vec<Row<'static>>)> {
    let sections = RULES.split("\n## ").skip(1);
    sections
        .map(|section| {
            let heading = section.lines().next().unwrap_or_default();
            let table = section.lines().filter(|l| l.starts_with("| 2"));
            (heading, table.map(row).collect())
        })
        .collect()
}

fn row(line: &str) -> Row<'_> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [day, source, counts, number, sentence, flags] = cells[..] else {
        panic!("not six cells: {line}");
    };
    // what follows an "=" may hold spaces
    let flags = match flags.split_once("scope=") {
        Some(_) => vec![flags],
        None => flags.split_whitespace().collect(),
    };
    Row {
        day,
        source,
        counts,
        number,
        sentence,
        flags,
    }
}

/// The rows as articles.
fn articles(rows: &[Row<'_>]) -> Vec<Article> {
    let mut all: Vec<(&str, &str, Vec<headcount::Figure>)> = Vec::new();
    for row in rows {
        let (digits, hedge) = match row.number.strip_prefix("more than ") {
            Some(digits) => (digits, Qualifier::MoreThan),
            None => (row.number, Qualifier::Exact),
        };
        let value = digits.replace(',', "").parse().expect("a number");
        let mut f = hedged(figure(value, row.source, row.day), hedge);
        let (measure, kind) = row.counts.split_once(' ').expect("measure and kind");
        f.measure = measure.parse().expect("a measure");
        f.kind = kind.parse().expect("a kind");
        f.number_text = digits.into();
        f.sentence = row.sentence.into();
        match all.last_mut() {
            Some((day, sentence, figures)) if (*day, *sentence) == (row.day, row.sentence) => {
                figures.push(f);
            }
            _ => all.push((row.day, row.sentence, vec![f])),
        }
    }
    let number = |(i, (day, _, figures)): (usize, (&str, &str, _))| {
        article(&format!("a{i:02}"), day, figures)
    };
    all.into_iter().enumerate().map(number).collect()
}

/// The point that a figure went into.
fn point<'a>(lines: &'a [Series], id: &str) -> &'a Point {
    let points = lines.iter().flat_map(|s| &s.points);
    let mut with = points.filter(|p| p.figure_ids.iter().any(|f| f == id));
    with.next().unwrap_or_else(|| panic!("no point of {id}"))
}

#[test]
fn every_rule_holds() {
    let cases = cases();
    assert!(cases.len() >= 15, "only {}", cases.len());
    let mut wrong = Vec::new();
    for (heading, rows) in &cases {
        assert!(!rows.is_empty(), "{heading}: no table");
        let articles = articles(rows);
        let lines = series(&articles);
        let figures = articles.iter().flat_map(|a| &a.figures);
        for (row, figure) in rows.iter().zip(figures) {
            let point = point(&lines, &figure.id);
            if point.flags != row.flags {
                wrong.push(format!(
                    "{heading}: {} {}: {:?}",
                    row.day, row.number, point.flags
                ));
            }
            told(heading, point);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each flag is told in words; what is doubtful or holds no more is not given as checked, and stays as reported.
fn told(heading: &str, point: &Point) {
    for flag in &point.flags {
        let words = series::flag_in_words(flag);
        assert!(
            words.len() > flag.len() + 10,
            "{heading}: {flag} says nothing"
        );
        assert!(point.why.contains(&words), "{heading}: {:?}", point.why);
    }
    assert_eq!(point.why.is_empty(), point.flags.is_empty(), "{heading}");
    let holds = !point.is_doubtful() && !point.has(series::FORMER);
    assert_eq!(point.checked(), point.value.filter(|_| holds), "{heading}");
    assert!(
        point.value.is_some(),
        "{heading}: the number reported is lost"
    );
}

#[test]
fn every_flag_of_a_doubt_is_in_some_case() {
    let cases = cases();
    let flags: Vec<&str> = cases
        .iter()
        .flat_map(|(_, rows)| rows)
        .flat_map(|r| r.flags.iter().copied())
        .collect();
    for doubt in series::DOUBTS {
        assert!(
            flags.contains(doubt),
            "tests/series/rules.md: no case of {doubt}"
        );
    }
}

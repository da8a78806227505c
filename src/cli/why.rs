//! `headcount figures --why ID`: how a figure came about, from the article to the points it went into.
//!
//! Where source, date and place come from is found by reading again: first the sentence alone, then with the day of publication, with the
//! headline, with the whole text; what first gives the same is the answer. The store keeps no texts, so from there the sentence is all there is.

use std::fmt::Write as _;
use std::io::Write as _;

use headcount::series::{self, Point, Series, series};
use headcount::{Article, Figure, extract, filter};

use super::Outcome;
use super::select::{Select, Texts};
use super::series::{place, point};

/// Prints it, once for every version of an article that has the figure.
pub(super) fn run(select: &Select, id: &str) -> anyhow::Result<Outcome> {
    let articles = select.unchecked(Texts::Keep)?;
    let lines = series(&articles);
    let mut out = String::new();
    for article in &articles {
        for figure in article.figures.iter().filter(|f| f.id == id) {
            if !out.is_empty() {
                out.push('\n');
            }
            tell(&mut out, article, figure, &lines);
        }
    }
    anyhow::ensure!(
        !out.is_empty(),
        "no figure {id:?} here; `headcount figures --format csv` gives the ids"
    );
    std::io::stdout().write_all(out.as_bytes())?;
    Ok(Outcome::Done)
}

fn tell(out: &mut String, article: &Article, figure: &Figure, lines: &[Series]) {
    let mut line = |name: &str, what: &str| {
        let _ = writeln!(out, "{name:<10}{}", shown(what));
    };
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".into());
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "—".into(), |d| d.to_string());
    line("figure", &format!("{} {}", figure.id, number(figure)));
    line("article", &article.id);
    line("title", &or(&article.title));
    let publisher = or(&article.publisher);
    line(
        "published",
        &format!("{} by {publisher}", day(article.published)),
    );
    if let Some(url) = article.url.as_ref().filter(|url| **url != article.id) {
        line("address", url);
    }
    let Reading { before, evidence } = Reading::of(article, figure);
    line("sentence", &marked(figure, before));
    let alone = if article.text.is_empty() {
        " (read again in its sentence alone)"
    } else {
        ""
    };
    let sure = format!(
        "{} {:.2}, {}{alone}",
        figure.measure, figure.confidence, figure.unit
    );
    line("measure", &sure);
    match evidence {
        Some(evidence) => out.extend(evidence.lines().skip(1).flat_map(|l| ["        ", l, "\n"])),
        None => out.push_str("          not found again in its sentence alone; `headcount extract --explain` on the article tells\n"),
    }
    let origins = Origins::of(article, figure);
    let mut line = |name: &str, what: &str, from: &str| {
        let _ = writeln!(out, "{name:<10}{}: {from}", shown(what));
    };
    let from = match (&figure.source, &figure.source_text) {
        (None, _) => "nobody is named for it".into(),
        (_, Some(words)) if figure.sentence.contains(words.as_str()) => {
            format!("its sentence says {words:?}")
        }
        (_, Some(words)) => format!("the text around it says {words:?}"),
        _ => "the text around it".into(),
    };
    line("source", &or(&figure.source), &shown(&from));
    let period = (figure.as_of, figure.period_start, figure.period_end);
    let dates = match period {
        (None, None, None) => "—".into(),
        (Some(day), None, _) => day.to_string(),
        (as_of, from, to) => format!("{} to {}", day(from), day(to.or(as_of))),
    };
    let dated = |f: &Figure| (f.as_of, f.period_start, f.period_end) == period;
    let from = match (period, origins.first(figure, dated)) {
        ((None, None, None), _) => "no date of its own; it stands for the day of publication",
        (_, 1) if figure.as_of == article.published && figure.period_start.is_none() => {
            "the day of publication, for want of another"
        }
        (_, 0) => "its sentence",
        (_, 1) => "its sentence, reckoned from the day of publication",
        (_, 2) => "the headline",
        _ => "the text around it",
    };
    line("date", &dates, from);
    let country = figure.country.map(|c| c.to_string());
    let where_ = place(country, figure.place_text.as_deref());
    let placed = |f: &Figure| f.country == figure.country && f.place_text == figure.place_text;
    let from = match origins.first(figure, placed) {
        _ if where_.is_empty() => "none is named for it",
        0 | 1 => "its sentence",
        2 => "the headline",
        _ => "the text around it",
    };
    line("place", if where_.is_empty() { "—" } else { &where_ }, from);
    points(out, article, figure, lines);
}

/// The points that the figure went into.
fn points(out: &mut String, article: &Article, figure: &Figure, lines: &[Series]) {
    let mut said = false;
    if article.superseded_by.is_none() {
        for Series { key, points } in lines {
            let with = |p: &&Point| p.figure_ids.contains(&figure.id);
            for p in points.iter().filter(with) {
                said = true;
                let country = key.country.map(|c| c.to_string());
                let source = key.source.as_deref().unwrap_or("no source");
                let where_ = place(country, key.place.as_deref());
                let where_ = if where_.is_empty() {
                    "no place"
                } else {
                    &where_
                };
                let _ = writeln!(
                    out,
                    "{:<10}{} {}: {} {} {} {}, {}, {}, {}",
                    "series",
                    p.date,
                    point(p),
                    key.measure,
                    key.unit,
                    key.kind,
                    shown(where_),
                    shown(source),
                    super::counted(p.articles.len(), "article"),
                    p.rule
                );
                for flag in &p.flags {
                    let _ = writeln!(out, "          {}", shown(&series::flag_in_words(flag)));
                }
            }
        }
    }
    if !said {
        let why = match (&article.superseded_by, filter::date(article, figure)) {
            (Some(later), _) => format!("none: a later version of the article counts, {later}"),
            (None, None) => "none: it has no date, nor has its article".into(),
            (None, Some(_)) => "none".into(),
        };
        let _ = writeln!(out, "{:<10}{}", "series", shown(&why));
    }
}

/// The number where it was read again: in the article's text, else in its sentence.
struct Reading<'a> {
    /// What stands before the number.
    before: &'a str,
    /// What was made of it.
    evidence: Option<String>,
}

impl<'a> Reading<'a> {
    fn of(article: &'a Article, figure: &'a Figure) -> Self {
        let whole = !article.text.is_empty();
        let text = if whole {
            &article.text
        } else {
            &figure.sentence
        };
        let read = Article {
            text: text.clone(),
            ..Article::default()
        };
        let here = |at: usize| {
            let rest = text.get(at..);
            rest.is_some_and(|rest| rest.starts_with(&figure.number_text))
        };
        let place = text.char_indices().nth(figure.start as usize);
        let place = place.map(|(at, _)| at).filter(|at| whole && here(*at));
        let says = format!(": {} ", figure.measure);
        let found = extract::explain_each(&read).into_iter().find(|(at, line)| {
            let first = line.lines().next().unwrap_or_default();
            let at = *at as usize;
            here(at) && place.is_none_or(|place| place == at) && first.contains(&says)
        });
        let (at, evidence) = found.unzip();
        let at = place
            .or(at.map(|at| at as usize))
            .or_else(|| text.find(&figure.number_text));
        Reading {
            before: &text[..at.unwrap_or_default()],
            evidence,
        }
    }
}

/// The sentence with its number marked: of several alike, the one that stands where it was read.
fn marked(figure: &Figure, before: &str) -> String {
    let (sentence, number) = (&figure.sentence, &figure.number_text);
    let mut places = sentence.match_indices(number.as_str());
    match places.find(|(at, _)| before.ends_with(&sentence[..*at])) {
        Some((at, _)) => {
            let after = &sentence[at + number.len()..];
            format!("{}**{number}**{after}", &sentence[..at])
        }
        None => sentence.clone(),
    }
}

/// What is found when ever more of the article is read: its sentence, then with the day of publication, then with the headline.
struct Origins([Vec<Figure>; 3]);

impl Origins {
    fn of(article: &Article, figure: &Figure) -> Self {
        let mut read = Article {
            text: figure.sentence.clone(),
            ..Article::default()
        };
        let sentence = extract::figures(&read);
        read.published = article.published;
        let dated = extract::figures(&read);
        read.title.clone_from(&article.title);
        Origins([sentence, dated, extract::figures(&read)])
    }

    /// The first reading in which the figure is found and passes; 3 where none is.
    fn first(&self, figure: &Figure, test: impl Fn(&Figure) -> bool) -> usize {
        let same = |f: &&Figure| f.measure == figure.measure && f.number_text == figure.number_text;
        let passes = |found: &&Vec<Figure>| found.iter().filter(same).any(&test);
        self.0.iter().take_while(|found| !passes(found)).count()
    }
}

/// A number with its hedge.
fn number(figure: &Figure) -> String {
    super::series::number(figure.value, figure.low, figure.high, figure.qualifier)
}

/// On one line, without anything a terminal would obey.
fn shown(text: &str) -> String {
    super::table::cut(text, usize::MAX)
}

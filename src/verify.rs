//! Does every number stand where it says it does? Figures, texts and series in, [`Fault`]s out; nothing is mended.
//!
//! - A figure's number stands in its sentence, literally ([`unfounded`] is what no export may publish; [`figures`] also names figures that cite nothing).
//! - Its sentence stands in its article's text, and the number at its place there ([`text`]).
//! - A point of a series has figures behind it, and its number is that of one of them; a sum grows by the number of one of them ([`series`]).

use std::collections::BTreeMap;
use std::fmt;

use crate::article::Article;
use crate::figure::Figure;
use crate::series::statement::Mention;
use crate::series::{Point, SUM, Series};
use crate::text::CodePoints;

/// Something that does not stand where it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The figure, or the point.
    pub of: String,
    /// What is wrong; what to do.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.of, self.what)
    }
}

/// The beginning of a text, enough to find it by.
fn short(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

fn fault(article: &Article, figure: &Figure, what: String) -> Fault {
    let figure = Mention { article, figure }.figure_id();
    let of = format!("{}: figure {figure}", article.name().escape_debug());
    Fault { of, what }
}

/// The figure's number does not stand in the sentence it cites.
pub fn unfounded(article: &Article, figure: &Figure) -> Option<Fault> {
    let cites = !figure.sentence.is_empty() && !figure.number_text.is_empty();
    (cites && !figure.sentence.contains(&figure.number_text)).then(|| {
        let what = format!(
            "{:?} does not stand in its sentence {:?}",
            short(&figure.number_text),
            short(&figure.sentence)
        );
        fault(article, figure, what)
    })
}

/// Takes such figures out of an article; gives what is wrong with each. What stays may be published.
pub fn founded(article: &mut Article) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut figures = std::mem::take(&mut article.figures);
    figures.retain(|figure| {
        let fault = unfounded(article, figure);
        let stays = fault.is_none();
        faults.extend(fault);
        stays
    });
    article.figures = figures;
    faults
}

/// The figures of an article whose numbers do not stand in their sentences, or that cite none.
pub fn figures(article: &Article) -> Vec<Fault> {
    let wrong = |f| {
        unfounded(article, f).or_else(|| {
            let cites = !f.sentence.is_empty() && !f.number_text.is_empty();
            (!cites).then(|| fault(article, f, "cites no sentence with its number".into()))
        })
    };
    article.figures.iter().filter_map(wrong).collect()
}

/// The figures of an article that do not stand in this text of it.
pub fn text(article: &Article, text: &str) -> Vec<Fault> {
    let mut points = CodePoints::new(text);
    let wrong = |figure: &Figure| {
        let (start, end) = (figure.start, figure.end);
        let from = points.byte(start);
        let there = &text[from..points.byte(end).max(from)];
        let what = if !text.contains(&figure.sentence) {
            format!(
                "its sentence is not in the text: {:?}",
                short(&figure.sentence)
            )
        } else if there != figure.number_text {
            format!(
                "at {start} to {end} of the text stands {:?}, not {:?}",
                short(there),
                short(&figure.number_text)
            )
        } else {
            return None;
        };
        let what = format!("{what}; if the article has changed, run `headcount track` on it");
        Some(fault(article, figure, what))
    };
    article.figures.iter().filter_map(wrong).collect()
}

/// The points of series that no figures of these articles bear out.
pub fn series(articles: &[Article], series: &[Series]) -> Vec<Fault> {
    let known = known(articles);
    let faults = series.iter().flat_map(|s| points(s, &known));
    faults.flatten().collect()
}

/// The series without such points, and what is wrong with each of these: what may be published.
pub fn borne_out(articles: &[Article], mut series: Vec<Series>) -> (Vec<Series>, Vec<Fault>) {
    let known = known(articles);
    let mut faults = Vec::new();
    for series in &mut series {
        let mut told = points(series, &known).into_iter();
        series.points.retain(|_| {
            let fault = told.next().flatten();
            let stays = fault.is_none();
            faults.extend(fault);
            stays
        });
    }
    series.retain(|s| !s.points.is_empty());
    (series, faults)
}

/// The figures that count, by id.
type Known<'a> = BTreeMap<String, Vec<&'a Figure>>;

fn known(articles: &[Article]) -> Known<'_> {
    let mut known = Known::new();
    for article in articles.iter().filter(|a| a.superseded_by.is_none()) {
        for figure in &article.figures {
            let id = Mention { article, figure }.figure_id();
            known.entry(id).or_default().push(figure);
        }
    }
    known
}

/// What is wrong with each point of a line.
fn points(Series { key, points }: &Series, known: &Known<'_>) -> Vec<Option<Fault>> {
    let before = std::iter::once(None).chain(points.iter().map(Some));
    let wrong = |(point, before): (&Point, Option<&Point>)| {
        let what = unborne(point, before, known)?;
        let place = key.country.map_or_else(String::new, |c| format!(" {c}"));
        let of = format!("point {} {}{place}", point.date, key.measure);
        Some(Fault { of, what })
    };
    points.iter().zip(before).map(wrong).collect()
}

/// Why the figures behind a point do not bear it out.
fn unborne(point: &Point, before: Option<&Point>, known: &Known<'_>) -> Option<String> {
    if point.figure_ids.is_empty() {
        return Some("no figure is behind it".into());
    }
    let mut behind: Vec<&Figure> = Vec::new();
    for id in &point.figure_ids {
        match known.get(id) {
            Some(figures) => behind.extend(figures),
            None => return Some(format!("figure {id}, said to be behind it, is not there")),
        }
    }
    let borne = if point.rule == SUM {
        let before = before.filter(|p| p.rule == SUM);
        let grown = size(point.value, point.low)
            - before.map_or(0.0, |before| size(before.value, before.low));
        behind.iter().any(|f| size(f.value, f.low) == grown)
    } else {
        let stated = |f: &Figure| (f.value, f.low, f.high, f.qualifier);
        let number = (point.value, point.low, point.high, point.qualifier);
        behind.iter().any(|f| stated(f) == number)
    };
    (!borne).then(|| "none of the figures behind it has its number".into())
}

fn size(value: Option<f64>, low: Option<f64>) -> f64 {
    value.or(low).unwrap_or(0.0)
}

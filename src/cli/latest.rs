//! The table that `track` ends with: per country and measure the latest figure (what that is, `headcount::latest` says).

use headcount::latest::{Latest, latest};
use headcount::{Article, filter};

use super::table::{claim, cut, print};

/// Prints the table; nothing where there are no figures.
pub(super) fn table(articles: &[Article]) -> std::io::Result<()> {
    let latest = latest(articles);
    if latest.is_empty() {
        return Ok(());
    }
    let header = [
        "country", "measure", "latest", "kind", "place", "source", "date", "articles",
    ];
    print(&header, latest.iter().map(row), &[7])
}

fn row(latest: &Latest) -> Vec<String> {
    let figure = latest.figure;
    let day = filter::date(latest.article, figure);
    vec![
        figure
            .country
            .map_or_else(|| "—".into(), |c| cut(c.name(), 24)),
        figure.measure.row().label.clone(),
        claim(figure),
        figure.kind.to_string(),
        cut(figure.place_text.as_deref().unwrap_or_default(), 24),
        cut(figure.source.as_deref().unwrap_or("—"), 28),
        day.map_or_else(|| "—".into(), |d| d.to_string()),
        latest.voices.len().to_string(),
    ]
}

//! Tables as CSV: RFC 4180, UTF-8, a header row, and on request the row of HXL tags under it (hxlstandard.org).

use std::io::{Read, Write};

use crate::article::Article;
use crate::figure::Figure;

/// A column: its header, as in the record, and its HXL tag.
pub type Column = (&'static str, &'static str);

/// A CSV file being written.
pub struct Sheet<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> Sheet<W> {
    /// Writes the header, and the HXL tags where wanted.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn new(out: W, columns: &[Column], hxl: bool) -> csv::Result<Self> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(columns.iter().map(|c| c.0))?;
        if hxl {
            csv.write_record(columns.iter().map(|c| c.1))?;
        }
        Ok(Sheet { csv })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// The file cannot be written, or the row has another length than the header.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> csv::Result<()> {
        self.csv
            .write_record(cells.into_iter().map(|c| c.as_ref().as_bytes().to_vec()))
    }

    /// Writes out what is still held.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self) -> csv::Result<()> {
        Ok(self.csv.flush()?)
    }
}

/// The columns of `figures.csv`: the article, then the record's fields in their order.
pub const FIGURES: &[Column] = &[
    ("article", "#meta+article+id"),
    ("url", "#meta+url"),
    ("publisher", "#meta+publisher"),
    ("title", "#meta+title"),
    ("published", "#date+published"),
    ("id", "#meta+id"),
    ("start", "#meta+start"),
    ("end", "#meta+end"),
    ("number_text", "#meta+number_text"),
    ("measure", "#indicator+code"),
    ("value", "#indicator+value+num"),
    ("low", "#indicator+low+num"),
    ("high", "#indicator+high+num"),
    ("qualifier", "#indicator+qualifier"),
    ("unit", "#indicator+unit"),
    ("kind", "#indicator+kind"),
    ("source", "#org+source"),
    ("source_text", "#meta+source_text"),
    ("as_of", "#date+as_of"),
    ("period_start", "#date+start"),
    ("period_end", "#date+end"),
    ("country", "#country+code"),
    ("place_text", "#loc+name"),
    ("part_of", "#meta+part_of"),
    ("projected", "#meta+projected"),
    ("implicit", "#meta+implicit"),
    ("sentence", "#description+sentence"),
    ("confidence", "#meta+confidence"),
    ("copy_of", "#meta+copy_of"),
    ("superseded_by", "#meta+superseded_by"),
];

/// One row of `figures.csv`.
pub fn figure_row(article: &Article, f: &Figure) -> Vec<String> {
    fn text<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |v| v.to_string())
    }
    vec![
        article.id.clone(),
        text(article.url.as_ref()),
        text(article.publisher.as_ref()),
        text(article.title.as_ref()),
        text(article.published),
        f.id.clone(),
        f.start.to_string(),
        f.end.to_string(),
        f.number_text.clone(),
        f.measure.to_string(),
        text(f.value),
        text(f.low),
        text(f.high),
        f.qualifier.to_string(),
        f.unit.to_string(),
        f.kind.to_string(),
        text(f.source.as_ref()),
        text(f.source_text.as_ref()),
        text(f.as_of),
        text(f.period_start),
        text(f.period_end),
        text(f.country),
        text(f.place_text.as_ref()),
        f.part_of.to_string(),
        f.projected.to_string(),
        f.implicit.to_string(),
        f.sentence.clone(),
        f.confidence.to_string(),
        text(article.copy_of.as_ref()),
        text(article.superseded_by.as_ref()),
    ]
}

/// Reads what [`figure_row`] wrote: the article's id and the figure of each row. A row of HXL tags is passed over.
///
/// # Errors
/// The input is no CSV, or a row holds no figure.
pub fn figures(input: impl Read) -> csv::Result<Vec<(String, Figure)>> {
    let mut csv = csv::Reader::from_reader(input);
    let head = csv.headers()?.clone();
    let article = head.iter().position(|name| name == FIGURES[0].0);
    let mut out = Vec::new();
    for record in csv.records() {
        let record = record?;
        if record.iter().eq(FIGURES.iter().map(|column| column.1)) {
            continue;
        }
        let id = article.and_then(|i| record.get(i)).unwrap_or_default();
        out.push((id.to_string(), record.deserialize(Some(&head))?));
    }
    Ok(out)
}

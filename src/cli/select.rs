//! Which figures a view is about: from the store or from files, and the filters that all views share.

use std::fs::File;
use std::path::PathBuf;

use chrono::NaiveDate;
use headcount::copies::{self, Sketch};
use headcount::series::{self, Series};
use headcount::{Article, Country, Filter, Kind, Measure, read, sheet, store::Store, verify};

use super::crises::Crises;

/// The filters and the place the figures come from.
#[derive(clap::Args)]
pub(super) struct Select {
    /// The store
    #[arg(long, value_name = "FILE", default_value = "headcount.db")]
    pub(super) store: PathBuf,
    /// Figures from JSON lines, or a figures.csv, instead of the store (`-` = stdin)
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    pub(super) from: Vec<PathBuf>,
    /// Only this measure, as fatalities (repeatable)
    #[arg(long, value_name = "CODE")]
    measure: Vec<Measure>,
    /// Only this country, ISO 3166-1 alpha-3, as UKR (repeatable)
    #[arg(long, value_name = "ISO3", value_parser = country)]
    country: Vec<Country>,
    /// Only this source, as UNHCR (repeatable)
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Only figures that hold on or after this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    since: Option<NaiveDate>,
    /// Only figures that hold on or before this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    until: Option<NaiveDate>,
    /// Only totals, or only new figures
    #[arg(long, value_name = "total|new")]
    kind: Option<Kind>,
    /// Only this article, by id or address (repeatable)
    #[arg(long, value_name = "ID")]
    article: Vec<String>,
    #[command(flatten)]
    pub(super) crises: Crises,
}

/// A country as typed: one that there is.
fn country(code: &str) -> Result<Country, String> {
    let country: Country = code.parse()?;
    if country.is_known() {
        Ok(country)
    } else {
        Err(format!(
            "no country {country}; give ISO 3166-1 alpha-3, as UKR"
        ))
    }
}

/// A day as typed.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse()
        .map_err(|_| "no day; write it as 2015-02-06".into())
}

impl Select {
    /// The filter as meant.
    ///
    /// # Errors
    /// A crisis is not known.
    pub(super) fn filter(&self) -> anyhow::Result<Filter> {
        Ok(Filter {
            crises: self.crises.wanted(&self.store)?,
            measures: self.measure.clone(),
            countries: self.country.clone(),
            sources: self.source.clone(),
            since: self.since,
            until: self.until,
            kind: self.kind,
            articles: self.article.clone(),
        })
    }

    /// The articles with the figures that pass. A bad line of a file is said and left out, and so is a number that does not stand in its sentence.
    pub(super) fn articles(&self) -> anyhow::Result<Vec<Article>> {
        let articles = founded(self.unchecked(Texts::Drop)?);
        if articles.is_empty() {
            super::say(
                &"headcount: no figure passes the filters; widen them, or add articles with `headcount track`",
            );
        }
        Ok(articles)
    }

    /// The same with whatever numbers they have.
    pub(super) fn unchecked(&self, texts: Texts) -> anyhow::Result<Vec<Article>> {
        let filter = self.filter()?;
        if self.from.is_empty() {
            return Ok(Store::open(&self.store)?.figures(&filter)?);
        }
        let is_table = |path: &PathBuf| path.extension().is_some_and(|end| end == "csv");
        let (tables, lines): (Vec<PathBuf>, Vec<PathBuf>) =
            self.from.iter().cloned().partition(is_table);
        let (mut kept, mut read_one) = (Vec::new(), !tables.is_empty());
        for item in read::articles(&lines) {
            match item {
                Ok(mut article) => {
                    read_one = true;
                    article.sketch = Sketch::of(&article.text);
                    if texts == Texts::Drop {
                        article.text = String::new(); // views need figures only, and there may be many articles
                    }
                    kept.extend(filter.apply(vec![article]));
                }
                Err(error) => super::complain(&error),
            }
        }
        for path in tables {
            let name = path.display().to_string();
            let file = File::open(&path).map_err(|e| anyhow::anyhow!("{name}: {e}"))?;
            kept.extend(filter.apply(sheet::articles(&name, file)?));
        }
        anyhow::ensure!(read_one, NOTHING);
        copies::mark(&mut kept);
        Ok(kept)
    }
}

/// Said where no input could be read: what stands in a file is better than an empty table.
pub(super) const NOTHING: &str = "no article could be read; nothing is written";

/// Whether the texts that come with figures are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// They take much memory.
    Drop,
    /// They are looked into.
    Keep,
}

/// Leaves out, and says, each figure whose number does not stand in the sentence it cites: such a number is not published.
pub(super) fn founded(mut articles: Vec<Article>) -> Vec<Article> {
    for article in &mut articles {
        left_out(verify::founded(article));
    }
    articles
}

/// The series of these figures; a point that they do not bear out is said and left out.
pub(super) fn lines(articles: &[Article]) -> Vec<Series> {
    let (lines, faults) = verify::borne_out(articles, series::series(articles));
    left_out(faults);
    lines
}

/// Says what is wrong with each of those that are not published.
pub(super) fn left_out(faults: Vec<verify::Fault>) {
    for fault in faults {
        super::complain(&format_args!("{fault}; left out"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        select: Select,
    }

    fn typed(args: &[&str]) -> Result<Select, clap::Error> {
        let args = std::iter::once("headcount").chain(args.iter().copied());
        Alone::try_parse_from(args).map(|alone| alone.select)
    }

    #[test]
    fn files_stand_in_for_the_store_only_where_no_store_is_typed() {
        assert_eq!(
            typed(&[]).expect("valid").store,
            PathBuf::from("headcount.db")
        );
        let select = typed(&["--from", "a.jsonl", "--from", "-"]).expect("valid");
        assert_eq!(select.from, [PathBuf::from("a.jsonl"), PathBuf::from("-")]);
        let both = typed(&["--from", "a.jsonl", "--store", "x.db"])
            .err()
            .expect("refused");
        assert_eq!(both.kind(), clap::error::ErrorKind::ArgumentConflict);
    }

    #[test]
    fn figures_of_files_pass_the_filter() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let lines = r#"{"id":"1","figures":[{"start":0,"end":1,"measure":"injured","value":5},{"start":2,"end":3,"measure":"missing","value":6}],"totals":{}}
{"id":"2","figures":[{"start":0,"end":1,"measure":"missing","value":7}]}
{"id":"3","text":"No figures."}
"#;
        std::fs::write(file.path(), lines).expect("written");
        let path = file.path().to_string_lossy().into_owned();
        let found = |args: &[&str]| -> Vec<(String, Vec<Option<f64>>)> {
            let args: Vec<&str> = ["--from", &path].iter().chain(args).copied().collect();
            let articles = typed(&args).expect("valid").articles().expect("read");
            let values = |a: Article| (a.id, a.figures.iter().map(|f| f.value).collect());
            articles.into_iter().map(values).collect()
        };
        let both = found(&[]);
        assert_eq!(
            both,
            [
                ("1".into(), vec![Some(5.0), Some(6.0)]),
                ("2".into(), vec![Some(7.0)])
            ]
        );
        assert_eq!(
            found(&["--measure", "injured"]),
            [("1".into(), vec![Some(5.0)])]
        );
        assert_eq!(found(&["--article", "2"]), [("2".into(), vec![Some(7.0)])]);
    }
}

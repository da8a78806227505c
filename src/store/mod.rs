//! The store: articles in, figures out. `SQLite`, one file; `schema.sql` says what it holds.
//!
//! Adding is one transaction an article, and adding the same again does nothing: a run that was killed at any moment is
//! finished by running it again, and several processes may add at once. What a reviewer said of a figure overrides the
//! program and outlives it. The text of an article is not kept, the sentence of each figure is.

mod file;
mod row;
mod verdict;
mod version;
mod view;
mod visit;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use crate::article::Article;
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::read::Visit;
use crate::totals::{self, Total};

pub use verdict::Verdict;
pub use version::Hashes;
pub use view::View;

/// An open store.
pub struct Store {
    path: PathBuf,
    connection: Connection,
    /// Counts the times that the store was opened to add to it.
    run: i64,
}

/// What adding an article did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there and read otherwise, so its figures were replaced; or it is another version of an article that was there.
    Changed,
    /// It was there as it is; nothing was written.
    Unchanged,
}

/// Whether the store has an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It does not.
    No,
    /// As it is: adding it would do nothing.
    Same,
    /// It has its text under its id with other metadata, and chose those ([`Store::pass_over`]).
    PassedOver,
}

impl Store {
    /// Opens a store that is there.
    ///
    /// # Errors
    /// There is none, or the file is no store of this version or an earlier one.
    pub fn open(path: &Path) -> Result<Store> {
        Self::with(path, false)
    }

    /// Opens a store, and makes it where there is none.
    ///
    /// # Errors
    /// The file cannot be made, or is no store of this version or an earlier one.
    pub fn open_or_make(path: &Path) -> Result<Store> {
        Self::with(path, true)
    }

    fn with(path: &Path, make: bool) -> Result<Store> {
        let mut store = Store {
            path: path.into(),
            connection: file::open(path, make)?,
            run: 0,
        };
        store.run = version::run(&store.connection).map_err(|e| store.error(&e))?;
        Ok(store)
    }

    /// Adds an article with its figures and totals, or replaces what the store has under its id and text; all or nothing.
    ///
    /// Another text under the same id is another version: the one published last is the article, the earlier ones stay readable.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn add(&mut self, article: &Article) -> Result<Added> {
        self.add_hashed(article, Hashes::of(article))
    }

    /// The same where its hashes are known.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn add_hashed(&mut self, article: &Article, hashes: Hashes) -> Result<Added> {
        add(&mut self.connection, article, hashes, self.run).map_err(|e| self.error(&e))
    }

    /// Whether the store has the article with this id and these hashes, read by this very program.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn holds(&self, id: &str, hashes: Hashes) -> Result<Held> {
        let held = || {
            let stored = version::stored(&self.connection, id, hashes.text)?;
            Ok(match stored {
                Some((_, all)) if all == hashes.all => Held::Same,
                Some(_) if version::is_passed_over(&self.connection, id, hashes)? => {
                    Held::PassedOver
                }
                _ => Held::No,
            })
        };
        held().map_err(|e| self.error(&e))
    }

    /// Keeps in mind which articles were passed over, since others of the same id and text stay; and forgets all that were with those ids and texts.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn pass_over(
        &mut self,
        these: &[(String, Hashes)],
        forgotten: &[(String, i64)],
    ) -> Result<()> {
        version::pass_over(&mut self.connection, these, forgotten).map_err(|e| self.error(&e))
    }

    /// The figures that pass, verdicts counted in, under their articles (without texts): the dated articles first, by day
    /// of publication, then by id.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn figures(&self, filter: &Filter) -> Result<Vec<Article>> {
        self.view(filter)?.all()
    }

    /// The same to be gone through as often as is needed, without having all in memory.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn view(&self, filter: &Filter) -> Result<View<'_>> {
        View::new(self, filter)
    }

    /// The visits to addresses that this very program kept.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn visits(&self) -> Result<Vec<Visit>> {
        visit::load(&self.connection).map_err(|e| self.error(&e))
    }

    /// Keeps visits to addresses whose articles were added.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn keep_visits(&mut self, visits: &[Visit]) -> Result<()> {
        visit::keep(&mut self.connection, visits).map_err(|e| self.error(&e))
    }

    /// Keeps a reviewer's word on a figure of an article, or takes it back (`None`).
    ///
    /// # Errors
    /// The article has no such figure, or the store cannot be written.
    pub fn judge(&mut self, article: &str, figure: &str, verdict: Option<&Verdict>) -> Result<()> {
        match judge(&mut self.connection, article, figure, verdict) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::Store {
                path: self.path.display().to_string(),
                what: format!(
                    "article {article:?} has no figure {figure:?}; see `headcount figures` for both ids"
                ),
            }),
            Err(error) => Err(self.error(&error)),
        }
    }

    fn error(&self, error: &rusqlite::Error) -> Error {
        Error::Store {
            path: self.path.display().to_string(),
            what: file::meaning(error),
        }
    }
}

/// The id that the store gives to this version of an article where a later one has taken its place.
pub fn version_id(article: &Article) -> String {
    version::id(&article.id, Hashes::of(article).text)
}

fn add(
    connection: &mut Connection,
    article: &Article,
    hashes: Hashes,
    run: i64,
) -> rusqlite::Result<Added> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stored = version::stored(&transaction, &article.id, hashes.text)?;
    let added = match stored {
        Some((_, stored)) if stored == hashes.all => return Ok(Added::Unchanged), // another process was first
        None if !version::any(&transaction, &article.id)? => Added::New,
        _ => Added::Changed,
    };
    let id = match added {
        Added::New => article.id.clone(),
        _ => version::id(&article.id, hashes.text),
    };
    let key = row::put_article(
        &mut transaction.prepare_cached(row::PUT_ARTICLE)?,
        stored.map(|(key, _)| key),
        &id,
        article,
        hashes,
        run,
    )?;
    if added == Added::Changed {
        transaction
            .prepare_cached("DELETE FROM figure WHERE article = ?")?
            .execute([key])?;
        version::settle(&transaction, &article.id)?;
    }
    let mut put = transaction.prepare_cached(row::PUT_FIGURE)?;
    for (ordinal, figure) in (0..).zip(&article.figures) {
        row::put_figure(&mut put, key, ordinal, figure)?;
    }
    drop(put);
    let verdicts = verdict::load(&transaction, Some(&article.id))?;
    if verdicts.is_empty() {
        put_totals(&transaction, key, article)?;
    } else {
        put_totals(&transaction, key, &reviewed(article.clone(), &verdicts))?;
    }
    transaction.commit()?;
    Ok(added)
}

/// The article with its verdicts counted in, and the totals that follow; those that come from no figure stay.
fn reviewed(mut article: Article, verdicts: &verdict::Verdicts) -> Article {
    let counted = totals::totals(&article);
    article
        .totals
        .retain(|measure, _| !counted.contains_key(measure));
    article.figures = verdict::apply(verdicts, article.figures);
    let totals = totals::totals(&article);
    article.totals.extend(totals);
    article
}

fn put_totals(connection: &Connection, key: i64, article: &Article) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM total WHERE article = ?")?
        .execute([key])?;
    let mut put = connection.prepare_cached("INSERT INTO total VALUES (?, ?, ?, ?, ?)")?;
    for (measure, total) in &article.totals {
        put.execute(params![
            key,
            measure.code(),
            total.low,
            total.value,
            total.high
        ])?;
    }
    Ok(())
}

/// The figures of an article as found, but those of these rows.
fn figures_of(
    connection: &Connection,
    key: i64,
    skipped: impl Fn(&Row<'_>) -> rusqlite::Result<bool>,
) -> rusqlite::Result<Vec<crate::Figure>> {
    let mut figures = Vec::new();
    let mut query = connection.prepare_cached(row::FIGURES)?;
    let mut rows = query.query([key])?;
    while let Some(row) = rows.next()? {
        if !skipped(row)? {
            figures.push(row::figure(row)?);
        }
    }
    Ok(figures)
}

fn totals_of(
    connection: &Connection,
    key: i64,
) -> rusqlite::Result<std::collections::BTreeMap<crate::Measure, Total>> {
    connection
        .prepare_cached("SELECT measure, low, value, high FROM total WHERE article = ?")?
        .query_map([key], |row| {
            let total = Total {
                low: row.get(1)?,
                value: row.get(2)?,
                high: row.get(3)?,
            };
            Ok((row::read(row, 0)?, total))
        })?
        .collect()
}

/// False where the article has no such figure.
fn judge(
    connection: &mut Connection,
    id: &str,
    figure: &str,
    verdict: Option<&Verdict>,
) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stored = transaction
        .prepare_cached(
            "SELECT key, id, url, publisher, title, published, published_inferred, lang, page FROM article WHERE id = ?",
        )?
        .query_row([id], row::article)
        .optional()?;
    let Some((key, mut article)) = stored else {
        return Ok(false);
    };
    article.figures = figures_of(&transaction, key, |_| Ok(false))?;
    article.totals = totals_of(&transaction, key)?;
    let known = article.figures.iter().any(|f| f.id == figure)
        || verdict::load(&transaction, Some(id))?.contains_key(figure);
    if !known {
        return Ok(false);
    }
    verdict::put(&transaction, id, figure, verdict)?;
    let verdicts = verdict::load(&transaction, Some(id))?;
    put_totals(&transaction, key, &reviewed(article, &verdicts))?;
    transaction.commit()?;
    Ok(true)
}

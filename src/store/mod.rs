//! The store: articles in, figures out. `SQLite`, one file; `schema.sql` says what it holds.
//!
//! Adding is one transaction an article, and adding the same again does nothing: a run that was killed at any moment is
//! finished by running it again, and several processes may add at once. What a reviewer said of a figure overrides the
//! program and outlives it. The text of an article is not kept, the sentence of each figure is.

mod file;
mod row;
mod verdict;
mod version;
mod visit;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use xxhash_rust::xxh3::Xxh3;

use crate::article::Article;
use crate::copies;
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::read::Visit;
use crate::totals::{self, Total};

pub use verdict::Verdict;

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
        add(&mut self.connection, article, self.run).map_err(|e| self.error(&e))
    }

    /// True when the store has the article as it is, read by this very program: adding it would do nothing.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn holds(&self, article: &Article) -> Result<bool> {
        let stored = version::stored(&self.connection, article).map_err(|e| self.error(&e))?;
        Ok(stored.is_some_and(|(_, hash)| hash == content_hash(article)))
    }

    /// The figures that pass, verdicts counted in, under their articles (without texts): the dated articles first, by day
    /// of publication, then by id.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn figures(&self, filter: &Filter) -> Result<Vec<Article>> {
        figures(&self.connection, filter).map_err(|e| self.error(&e))
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
    version::id(&article.id, version::of(article))
}

/// One number for all that was read of an article and for the program that read it.
pub fn content_hash(article: &Article) -> i64 {
    let published = article.published.map(|d| d.to_string());
    let inferred = article.published_inferred.then_some("inferred");
    let mut hash = Xxh3::new();
    for part in [
        Some(env!("HEADCOUNT_FINGERPRINT")),
        article.url.as_deref(),
        article.publisher.as_deref(),
        article.title.as_deref(),
        published.as_deref(),
        inferred,
        article.lang.as_deref(),
        Some(&article.text),
    ] {
        // the length in front, so that two parts never run together; an absent part is no empty one
        hash.update(&part.map_or(u64::MAX, |p| p.len() as u64).to_le_bytes());
        hash.update(part.unwrap_or_default().as_bytes());
    }
    hash.digest().cast_signed()
}

fn add(connection: &mut Connection, article: &Article, run: i64) -> rusqlite::Result<Added> {
    let hash = content_hash(article);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stored = version::stored(&transaction, article)?;
    let added = match stored {
        Some((_, stored)) if stored == hash => return Ok(Added::Unchanged), // another process was first
        None if !version::any(&transaction, &article.id)? => Added::New,
        _ => Added::Changed,
    };
    let id = match added {
        Added::New => article.id.clone(),
        _ => version::id(&article.id, version::of(article)),
    };
    let key = row::put_article(
        &mut transaction.prepare_cached(row::PUT_ARTICLE)?,
        stored.map(|(key, _)| key),
        &id,
        article,
        hash,
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

fn figures(connection: &Connection, filter: &Filter) -> rusqlite::Result<Vec<Article>> {
    let snapshot = connection.unchecked_transaction()?; // one moment, whatever other processes add
    let verdicts = verdict::load(&snapshot, None)?;
    let mut kept = Vec::new();
    let mut articles = snapshot.prepare_cached(row::ARTICLES)?;
    for item in articles.query_map([], row::article)? {
        let (key, mut article) = item?;
        let found = figures_of(&snapshot, key)?;
        article.figures = verdict::apply(&verdicts, found);
        filter.keep(&mut article);
        if !article.figures.is_empty() {
            article.totals = totals_of(&snapshot, key)?;
            kept.push(article);
        }
    }
    copies::mark(&mut kept);
    Ok(kept)
}

fn figures_of(connection: &Connection, key: i64) -> rusqlite::Result<Vec<crate::Figure>> {
    connection
        .prepare_cached(row::FIGURES)?
        .query_map([key], row::figure)?
        .collect()
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
            "SELECT key, id, url, publisher, title, published, published_inferred, lang, sketch, page FROM article WHERE id = ?",
        )?
        .query_row([id], row::article)
        .optional()?;
    let Some((key, mut article)) = stored else {
        return Ok(false);
    };
    article.figures = figures_of(&transaction, key)?;
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

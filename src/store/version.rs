//! Versions of a page: articles that came under one id with different texts.
//!
//! The one published last is the article of that id, of one day the one that a later run brought; each earlier one is kept under the id with the hash of its text after it, and
//! says which article took its place. The order in which
//! one run adds them does not matter.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::article::Article;

/// The program that reads.
const PROGRAM: &str = env!("HEADCOUNT_FINGERPRINT");

/// What tells whether an article has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hashes {
    /// Of its text.
    pub text: i64,
    /// Of all that was read of it, and of the program that read it.
    pub all: i64,
}

impl Hashes {
    /// Those of an article.
    pub fn of(article: &Article) -> Self {
        let text = xxh3_64(article.text.as_bytes()).cast_signed();
        let published = article.published.map(|d| d.to_string());
        let inferred = article.published_inferred.then_some("inferred");
        let mut hash = Xxh3::new();
        hash.update(&text.to_le_bytes());
        for part in [
            Some(PROGRAM),
            article.url.as_deref(),
            article.publisher.as_deref(),
            article.title.as_deref(),
            published.as_deref(),
            inferred,
            article.lang.as_deref(),
        ] {
            // the length in front, so that two parts never run together; an absent part is no empty one
            hash.update(&part.map_or(u64::MAX, |p| p.len() as u64).to_le_bytes());
            hash.update(part.unwrap_or_default().as_bytes());
        }
        let all = hash.digest().cast_signed();
        Hashes { text, all }
    }
}

/// The key and the content hash of the version with this text, or of one whose text is not known.
pub(super) fn stored(
    connection: &Connection,
    page: &str,
    text: i64,
) -> rusqlite::Result<Option<(i64, i64)>> {
    connection
        .prepare_cached(
            "SELECT key, hash FROM article WHERE page = ? AND text IN (0, ?) ORDER BY text = 0",
        )?
        .query_row(params![page, text], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// True if it was read before with other metadata than those that stay.
pub(super) fn is_passed_over(
    connection: &Connection,
    page: &str,
    hashes: Hashes,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM passed_over WHERE page = ? AND text = ? AND hash = ?")?
        .exists(params![page, hashes.text, hashes.all])
}

/// Keeps these as passed over, and forgets what was passed over of those.
pub(super) fn pass_over(
    connection: &mut Connection,
    these: &[(String, Hashes)],
    forgotten: &[(String, i64)],
) -> rusqlite::Result<()> {
    if these.is_empty() && forgotten.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (page, hashes) in these {
        transaction
            .prepare_cached("INSERT OR IGNORE INTO passed_over VALUES (?, ?, ?)")?
            .execute(params![page, hashes.text, hashes.all])?;
    }
    for (page, text) in forgotten {
        transaction
            .prepare_cached("DELETE FROM passed_over WHERE page = ? AND text = ?")?
            .execute(params![page, text])?;
    }
    transaction.commit()
}

/// True if there is any version.
pub(super) fn any(connection: &Connection, page: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM article WHERE page = ?")?
        .exists([page])
}

/// An id for a version that is not the last one.
pub(super) fn id(page: &str, text: i64) -> String {
    format!("{page}#{text:016x}")
}

/// The number of a run that begins now.
pub(super) fn run(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT ifnull(max(run), 0) + 1 FROM article", [], |row| {
        row.get(0)
    })
}

/// Gives the id of the page to its last version, the one published last (then the one of the later run, then of the greater hash), and to the others theirs.
pub(super) fn settle(connection: &Connection, page: &str) -> rusqlite::Result<()> {
    let versions: Vec<(i64, i64, String)> = connection
        .prepare_cached(
            "SELECT key, text, id FROM article WHERE page = ? ORDER BY published, run, hash",
        )?
        .query_map([page], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut name = connection.prepare_cached("UPDATE article SET id = ? WHERE key = ?")?;
    let Some((last, earlier)) = versions.split_last() else {
        return Ok(());
    };
    for (key, text, now) in earlier {
        let id = id(page, *text);
        if *now != id {
            name.execute(params![id, key])?;
        }
    }
    if last.2 != page {
        name.execute(params![page, last.0])?;
    }
    Ok(())
}

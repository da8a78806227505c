//! Versions of a page: articles that came under one id with different texts.
//!
//! The one published last is the article of that id, of one day the one that a later run brought; each earlier one is kept under the id with the hash of its text after it, and
//! says which article took its place. The order in which
//! one run adds them does not matter.

use rusqlite::{Connection, OptionalExtension, params};
use xxhash_rust::xxh3::xxh3_64;

use crate::article::Article;

/// The hash of a text.
pub(super) fn of(article: &Article) -> i64 {
    xxh3_64(article.text.as_bytes()).cast_signed()
}

/// The key and the content hash of the version with this text, or of one whose text is not known.
pub(super) fn stored(
    connection: &Connection,
    article: &Article,
) -> rusqlite::Result<Option<(i64, i64)>> {
    connection
        .prepare_cached(
            "SELECT key, hash FROM article WHERE page = ? AND text IN (0, ?) ORDER BY text = 0",
        )?
        .query_row(params![article.id, of(article)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
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

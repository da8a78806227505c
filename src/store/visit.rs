//! Addresses that were read, with what their servers said of their state.

use rusqlite::{Connection, TransactionBehavior, params};

use crate::read::Visit;

/// The program that read them.
const PROGRAM: &str = env!("HEADCOUNT_FINGERPRINT");

/// The visits of this very program, by address.
pub(super) fn load(connection: &Connection) -> rusqlite::Result<Vec<Visit>> {
    connection
        .prepare_cached(
            "SELECT address, location, etag, modified, followed FROM visit WHERE program = ? ORDER BY address",
        )?
        .query_map([PROGRAM], |row| {
            Ok(Visit {
                address: row.get(0)?,
                location: row.get(1)?,
                etag: row.get(2)?,
                modified: row.get(3)?,
                followed: row.get(4)?,
            })
        })?
        .collect()
}

/// Keeps them, all or none, in place of earlier ones of the same addresses.
pub(super) fn keep(connection: &mut Connection, visits: &[Visit]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut put = transaction.prepare_cached("REPLACE INTO visit VALUES (?, ?, ?, ?, ?, ?)")?;
    for visit in visits {
        put.execute(params![
            visit.address,
            PROGRAM,
            visit.location,
            visit.etag,
            visit.modified,
            visit.followed
        ])?;
    }
    drop(put);
    transaction.commit()
}

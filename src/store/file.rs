//! Opening the file: is it a store, of which version, and what errors of `SQLite` mean to a user.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::error::{Error, Result};

/// Marks the file as ours: "hcnt".
const APPLICATION: i64 = 0x6863_6e74;

/// What brings a store from version n to version n + 1.
const STEPS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("copies.sql"),
    include_str!("visit.sql"),
    include_str!("passed.sql"),
];

/// How long one process waits for another.
const PATIENCE: Duration = Duration::from_mins(2);

/// Opens the file, makes it where wanted, and brings it to this version.
pub(super) fn open(path: &Path, make: bool) -> Result<Connection> {
    let wrong = |what: String| Error::Store {
        path: path.display().to_string(),
        what,
    };
    if path.is_dir() {
        return Err(wrong(
            "a folder, not a store; give a file with --store".into(),
        ));
    }
    if !path.exists() {
        if !make {
            return Err(wrong(
                "no store there; run `headcount track PATH…` first, or give another file with --store".into(),
            ));
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|p| !p.is_dir()) {
            return Err(wrong(format!(
                "there is no folder {}; make it, or give another file with --store",
                folder.display()
            )));
        }
    }
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if make {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let mut connection =
        Connection::open_with_flags(path, flags).map_err(|e| wrong(meaning(&e)))?;
    match prepare(&mut connection, make) {
        Ok(Ok(())) => Ok(connection),
        Ok(Err(what)) => Err(wrong(what)),
        Err(error) => Err(wrong(meaning(&error))),
    }
}

/// Says in the inner error why the file cannot serve as a store.
fn prepare(
    connection: &mut Connection,
    make: bool,
) -> rusqlite::Result<std::result::Result<(), String>> {
    connection.busy_timeout(PATIENCE)?;
    let version = match version(connection)? {
        Ok(version) => version,
        Err(what) => return Ok(Err(what)),
    };
    if version == 0 && !make {
        return Ok(Err(
            "an empty store; run `headcount track PATH…` first".into()
        ));
    }
    write_ahead(connection)?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    if version < STEPS.len() {
        upgrade(connection)?;
    }
    Ok(Ok(()))
}

/// The version of the store; 0 = an empty file.
fn version(connection: &mut Connection) -> rusqlite::Result<std::result::Result<usize, String>> {
    let transaction = connection.transaction()?; // one moment: another process may be making the store
    let ask = |sql| transaction.query_row(sql, [], |row| row.get::<_, i64>(0));
    let tables = ask("SELECT count(*) FROM sqlite_schema")?;
    let application = ask("PRAGMA application_id")?;
    let version = ask("PRAGMA user_version")?;
    Ok(if tables == 0 && application == 0 && version == 0 {
        Ok(0)
    } else if application != APPLICATION {
        Err("the database of another program, not a store; give another file with --store".into())
    } else {
        match usize::try_from(version) {
            Ok(version @ 1..) if version <= STEPS.len() => Ok(version),
            _ => Err(format!(
                "a store of version {version}, and this headcount knows versions up to {}; use a newer headcount, or give another file with --store",
                STEPS.len()
            )),
        }
    })
}

/// Write-ahead logging: readers and one writer at once, and nothing torn by a kill. Stays with the file.
///
/// `SQLite` does not wait for others when it changes the mode, so this does.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    const PAUSE: Duration = Duration::from_millis(20);
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        match connection.query_row("PRAGMA journal_mode = WAL", [], |row| {
            row.get::<_, String>(0)
        }) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                std::thread::sleep(PAUSE);
            }
            other => return other.map(|_| ()),
        }
    }
    Ok(()) // any other mode is slower, not wrong
}

/// Runs the steps that are missing, all or none.
fn upgrade(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in STEPS
        .iter()
        .skip(usize::try_from(version).unwrap_or(usize::MAX))
    {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", STEPS.len() as u32)?;
    transaction.commit()
}

/// What an error of `SQLite` means, and what to do.
pub(super) fn meaning(error: &rusqlite::Error) -> String {
    let text = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => {
            "not a store, nor any other SQLite file; give another file with --store"
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program keeps it locked; run the command again when that is done"
        }
        Some(ErrorCode::DiskFull) => {
            "the disk is full; free some space and run the command again, it goes on where it stopped"
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            "cannot be written; check the permissions of the file and its folder"
        }
        Some(ErrorCode::CannotOpen) => {
            "cannot be opened; check the permissions of the file and its folder"
        }
        Some(ErrorCode::DatabaseCorrupt) => {
            "damaged; put back a copy, or delete it and run `headcount track` on all articles again"
        }
        _ => {
            return match error {
                rusqlite::Error::FromSqlConversionFailure(_, _, cause) => format!(
                    "holds a record that cannot be read ({cause}); run `headcount track` on its article again"
                ),
                other => {
                    format!(
                        "{other}; if it persists, delete the store and run `headcount track` on all articles again"
                    )
                }
            };
        }
    };
    text.into()
}

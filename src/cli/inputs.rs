//! Which articles a command reads: files, folders, standard input, and what a user says of them.

use std::path::PathBuf;

use headcount::read::{self, Columns, Options, Raws};

/// The inputs and how they are read.
#[derive(clap::Args)]
pub(super) struct Inputs {
    /// Articles: files (text, Markdown, JSON, CSV, RSS, zip, WARC …), folders, or `-` for stdin
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    columns: ColumnArgs,
}

/// The columns of tables; without them, columns are found by their usual names.
#[derive(clap::Args)]
#[command(next_help_heading = "Columns of tables (else found by usual names)")]
struct ColumnArgs {
    /// The article's words
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// The headline
    #[arg(long, value_name = "NAME")]
    title_column: Option<String>,
    /// The date of publication
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    publisher_column: Option<String>,
    /// Its address
    #[arg(long, value_name = "NAME")]
    url_column: Option<String>,
    /// Its identity
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
    /// Its language, ISO 639-1
    #[arg(long, value_name = "NAME")]
    lang_column: Option<String>,
}

impl Inputs {
    /// The articles as bytes.
    pub(super) fn raws(&self) -> Raws {
        let columns = &self.columns;
        let options = Options {
            columns: Columns {
                text: columns.text_column.clone(),
                title: columns.title_column.clone(),
                published: columns.date_column.clone(),
                publisher: columns.publisher_column.clone(),
                url: columns.url_column.clone(),
                id: columns.id_column.clone(),
                lang: columns.lang_column.clone(),
            },
        };
        read::raw_with(&self.paths, options)
    }
}

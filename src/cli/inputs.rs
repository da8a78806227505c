//! Which articles a command reads: files, folders, standard input, and what a user says of them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use headcount::read::{self, Columns, Options, Raws, Rules, Visit, Web};

/// The inputs and how they are read.
#[derive(clap::Args)]
pub(super) struct Inputs {
    /// Articles: files (text, web pages, PDF, Word, JSON, CSV, feeds, zip, WARC …), folders, addresses (https://…), or `-` for stdin
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read the pages that the items of a feed link to, not only what the feed says of them
    #[arg(long)]
    follow: bool,
    /// Also read addresses of this machine and of the network it is in
    #[arg(long)]
    allow_private: bool,
    /// How long an answer to an address may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    patience: u64,
    #[command(flatten)]
    columns: ColumnArgs,
}

/// Where the help names them.
const COLUMNS: &str = "Columns of tables (else found by usual names)";

/// The columns of tables; without them, columns are found by their usual names.
#[derive(clap::Args)]
#[expect(clippy::struct_field_names, reason = "each is the name of an option")]
struct ColumnArgs {
    /// The article's words
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    text_column: Option<String>,
    /// The headline
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    title_column: Option<String>,
    /// The date of publication
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    date_column: Option<String>,
    /// Who published it
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    publisher_column: Option<String>,
    /// Its address
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    url_column: Option<String>,
    /// Its identity
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    id_column: Option<String>,
    /// Its language, ISO 639-1
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    lang_column: Option<String>,
}

impl Inputs {
    /// The articles as bytes, and the web as they see it; of addresses visited before only what has changed.
    pub(super) fn raws(&self, visits: Vec<Visit>) -> (Raws, Arc<Web>) {
        let rules = Rules {
            allow_private: self.allow_private,
            follow: self.follow,
            patience: Duration::from_secs(self.patience),
            ..Rules::default()
        };
        let web = Arc::new(Web::new(rules, visits));
        let options = Options {
            columns: self.columns.named(),
            web: Arc::clone(&web),
        };
        (read::raw_with(&self.paths, options), web)
    }
}

impl ColumnArgs {
    fn named(&self) -> Columns {
        Columns {
            text: self.text_column.clone(),
            title: self.title_column.clone(),
            published: self.date_column.clone(),
            publisher: self.publisher_column.clone(),
            url: self.url_column.clone(),
            id: self.id_column.clone(),
            lang: self.lang_column.clone(),
        }
    }
}

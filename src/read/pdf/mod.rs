//! PDF: pages -> one article, as people read it.
//!
//! In: the bytes of a PDF. Out: its text, columns one after the other, without running heads and page numbers, torn words mended,
//! lines joined to paragraphs, rows of tables as lines; the title (the document's own, if page one has it too, else what page one has
//! in the greatest letters); the date of publication that page one gives, else the day the file was made, both marked as inferred.
//!
//! ```text
//! page -> glyphs -> rows ─ furniture ─> columns -> lines and tables -> paragraphs -> text
//!         page.rs   row.rs furniture.rs columns.rs table.rs            flow.rs
//! ```
//!
//! Files are damaged, or made to do damage. The library is run on a thread of its own with a large stack; a panic in it ends the
//! file, not the program. Bytes unpacked (measured before the library unpacks them), pages and steps are counted against
//! [`Limits`], so that the same file is refused on any machine; the clock is the last resort. A thread cannot be killed: one that
//! is late stops at its next step, and in the worst case, a loop inside the library, goes on until the program ends while the
//! other files are read. That never happened in the files tried, so it is not worth a process for each file.

mod columns;
mod flow;
mod furniture;
mod page;
mod row;
mod rule;
mod table;
mod unpacked;

use std::any::Any;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use chrono::NaiveDate;
use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::object::dict::keys::CONTENTS;
use hayro_interpret::hayro_syntax::object::{Array, MaybeRef};
use hayro_interpret::hayro_syntax::page::Page as Leaf;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{LIMIT, Parsed, dateline, text};
use crate::article::Article;
use flow::{Block, Flow};
use furniture::Page;

/// The thread's name; the program says nothing of panics in it.
pub const THREAD: &str = "pdf";
/// Bytes of its stack.
const STACK: usize = 64 << 20;
/// Letters and lines of a file; a thick book has two millions of them.
const STEPS: u64 = 10_000_000;
/// Contents that a page may name again.
const AGAIN: usize = 4;
/// Letters of a title.
const TITLE: std::ops::RangeInclusive<usize> = 4..=200;
/// A title's letters are so many times as high as those of the text.
const GREAT: f32 = 1.2;

/// How much a file may ask for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Pages.
    pub pages: usize,
    /// Bytes of all that is packed in it.
    pub unpacked: u64,
    /// Seconds it may take.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            pages: 3000,
            unpacked: 256 << 20,
            seconds: 60,
        }
    }
}

/// A PDF's article.
pub(super) fn article(bytes: Vec<u8>, limits: Limits) -> Parsed<Article> {
    unpacked::check(&bytes, limits.unpacked)?;
    let budget = Arc::new(Budget::default());
    let (sender, receiver) = sync_channel(1);
    let spent = Arc::clone(&budget);
    let worker = std::thread::Builder::new()
        .name(THREAD.into())
        .stack_size(STACK);
    let work = move || {
        let result = catch_unwind(AssertUnwindSafe(|| read(bytes, &limits, &spent)));
        // the receiver may have gone: too late
        let _ = sender.send(result.unwrap_or_else(|cause| Err(broken(&*cause))));
    };
    worker
        .spawn(work)
        .map_err(|e| format!("no thread to read it on ({e}); close other programs"))?;
    let result = receiver.recv_timeout(Duration::from_secs(limits.seconds));
    budget.over.store(true, Ordering::Relaxed);
    result.unwrap_or_else(|error| {
        Err(match error {
            RecvTimeoutError::Timeout => format!(
                "took more than {} seconds; convert it to text first",
                limits.seconds
            ),
            RecvTimeoutError::Disconnected => broken(&()),
        })
    })
}

/// What to say of a file that the library gave up on.
fn broken(cause: &(dyn Any + Send)) -> String {
    if cause.is::<Spent>() {
        return "draws without end; convert it to text first".into();
    }
    "damaged PDF; get a fresh copy or convert it to text first".into()
}

/// Counts the steps of the library, which knows no other end than that of the file.
#[derive(Default)]
struct Budget {
    steps: AtomicU64,
    over: AtomicBool,
}

/// The budget was spent.
struct Spent;

impl Budget {
    /// Takes so many steps; unwinds when there are none left.
    fn spend(&self, cost: u64) {
        let steps = self.steps.fetch_add(cost, Ordering::Relaxed);
        if steps >= STEPS || self.over.load(Ordering::Relaxed) {
            resume_unwind(Box::new(Spent));
        }
    }
}

fn read(bytes: Vec<u8>, limits: &Limits, budget: &Budget) -> Parsed<Article> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "protected by a password; save a copy without it (open it, then print to PDF)".into()
        }
        LoadPdfError::Decryption(_) => {
            "encrypted in a way that is not known; save a copy without encryption".to_string()
        }
        LoadPdfError::Invalid => broken(&()),
    })?;
    let pages = pdf.pages();
    if pages.len() > limits.pages {
        return Err(format!(
            "{} pages, more than {}; split it",
            pages.len(),
            limits.pages
        ));
    }
    let cache = InterpreterCache::new();
    let (mut sheets, mut unknown, mut letters) = (Vec::new(), 0, 0);
    let mut contents = 0;
    for page in pages.iter() {
        if repeats(page) {
            return Err(broken(&Spent));
        }
        contents += page.page_stream().map_or(0, <[u8]>::len) as u64;
        if contents > limits.unpacked {
            return Err(unpacked::too_much(limits.unpacked));
        }
        let sheet = page::sheet(&pdf, page, &cache, budget);
        unknown += sheet.unknown;
        letters += sheet.glyphs.len();
        sheets.push(Page {
            height: sheet.height,
            rules: sheet.rules,
            rows: row::rows(sheet.glyphs),
        });
    }
    if letters == 0 && unknown > 0 {
        return Err(
            "its fonts do not say which letters they draw; run it through OCR first".into(),
        );
    }
    if letters == 0 {
        return Err("no text found (scanned pages?); run it through OCR first".into());
    }
    let head = sheets
        .iter()
        .find(|page| !page.rows.is_empty())
        .map_or_else(String::new, |page| {
            let lines = page.rows.iter().take(60).map(row::Row::text);
            lines.collect::<Vec<_>>().join("\n")
        });
    furniture::remove(&mut sheets);
    let mut flow = Flow::default();
    let mut first_page = 0;
    for page in sheets {
        for part in columns::parts(page.rows, &page.rules) {
            flow.part(table::items(&part, &page.rules));
        }
        if first_page == 0 {
            first_page = flow.blocks.len();
        }
    }
    let own = pdf.metadata().title.as_deref().map(metadata_text);
    let title = title(own, &flow.blocks[..first_page.min(flow.blocks.len())]);
    let text = flow.text();
    if text.len() > LIMIT {
        return Err(format!("longer than {} MiB; split it", LIMIT >> 20));
    }
    let made = pdf.metadata().creation_date.and_then(|date| {
        NaiveDate::from_ymd_opt(
            i32::from(date.year),
            u32::from(date.month),
            u32::from(date.day),
        )
    });
    let published = dateline::published(&head)
        .or_else(|| dateline::reported(&head))
        .or(made);
    Ok(Article {
        title: title.or_else(|| text::title(&text)),
        published,
        published_inferred: published.is_some(),
        text,
        ..Article::default()
    })
}

/// True for a page that names one stream as its contents again and again: as little packed as it is, it would fill the memory.
fn repeats(page: &Leaf<'_>) -> bool {
    let Some(streams) = page.raw().get::<Array<'_>>(CONTENTS) else {
        return false;
    };
    let (mut seen, mut again) = (HashSet::new(), 0);
    for stream in streams.raw_iter() {
        if let MaybeRef::Ref(at) = stream
            && !seen.insert((at.obj_number, at.gen_number))
        {
            again += 1;
        }
    }
    again > AGAIN
}

/// A string of the document's metadata: UTF-16 or UTF-8 with a mark, else Latin.
fn metadata_text(bytes: &[u8]) -> String {
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(bytes);
    text.trim_matches(['\0', ' ']).to_string()
}

/// The document's own title, if page one has it too: many carry the name of a file or of another document. Else what page one has
/// in the greatest letters.
fn title(own: Option<String>, page: &[Block]) -> Option<String> {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let fits = |text: &str| TITLE.contains(&text.chars().count()) && text.contains(' ');
    let words: String = page.iter().map(|b| plain(&b.text)).collect();
    let own = own.filter(|own| fits(own) && words.contains(&plain(own)));
    own.or_else(|| {
        let sizes = page
            .iter()
            .flat_map(|b| std::iter::repeat_n(b.size, b.text.len() / 16 + 1));
        let usual = row::usual(sizes.filter(|s| *s > 0.0));
        let size = page.iter().map(|b| b.size).fold(0.0, f32::max);
        let great = |b: &&Block| size >= GREAT * usual && b.size > 0.95 * size;
        let blocks = page.iter().skip_while(|b| !great(b)).take_while(great);
        let text = blocks
            .map(|b| b.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let named = text.chars().any(char::is_alphabetic);
        (named && TITLE.contains(&text.chars().count())).then_some(text)
    })
}

//! One moment of the store: its articles with their figures, gone through as often as is needed, never all in memory.
//!
//! Which articles repeat others is told once, at the start; that takes half a kilobyte an article, for as long as it lasts.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Row, Transaction};

use super::{Store, figures_of, row, totals_of, verdict};
use crate::article::Article;
use crate::copies::{self, Sketch, Told};
use crate::error::{Error, Result};
use crate::figure::Measure;
use crate::filter::Filter;

/// The figures that pass a filter, verdicts counted in, whatever other processes add meanwhile.
pub struct View<'a> {
    store: &'a Store,
    snapshot: Transaction<'a>,
    filter: Filter,
    verdicts: verdict::Verdicts,
    /// What is not as the article says, by its key: it is a copy of that one, superseded by that one.
    kin: HashMap<i64, [Option<String>; 2]>,
    articles: usize,
    figures: BTreeMap<Measure, usize>,
}

impl<'a> View<'a> {
    pub(super) fn new(store: &'a Store, filter: &Filter) -> Result<Self> {
        let begun = || {
            let snapshot = store.connection.unchecked_transaction()?;
            let verdicts = verdict::load(&snapshot, None)?;
            Ok((snapshot, verdicts))
        };
        let (snapshot, verdicts) = begun().map_err(|e| store.error(&e))?;
        let mut view = View {
            store,
            snapshot,
            filter: filter.clone(),
            verdicts,
            kin: HashMap::new(),
            articles: 0,
            figures: BTreeMap::new(),
        };
        view.tell_copies()?;
        Ok(view)
    }

    /// How many articles have such figures.
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// How many such figures there are.
    pub fn figures(&self) -> usize {
        self.figures.values().sum()
    }

    /// The measures in their order, in groups of at most so many figures; a measure that has more is a group of its own.
    pub fn groups(&self, most: usize) -> Vec<Vec<Measure>> {
        let (mut groups, mut size) = (Vec::<Vec<Measure>>::new(), 0);
        for (measure, figures) in &self.figures {
            size += figures;
            if let Some(group) = groups.last_mut().filter(|_| size <= most) {
                group.push(*measure);
            } else {
                groups.push(vec![*measure]);
                size = *figures;
            }
        }
        groups
    }

    /// Gives one article after the other with its figures, or those of some measures: the dated ones first, by day of publication, then by id.
    ///
    /// # Errors
    /// The store cannot be read, or what `take` says.
    pub fn each<E: From<Error>>(
        &self,
        measures: Option<&[Measure]>,
        mut take: impl FnMut(Article) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.walk(measures, |_, article| take(article))
    }

    /// All of them with their totals.
    pub(super) fn all(&self) -> Result<Vec<Article>> {
        let mut all = Vec::new();
        self.walk(None, |key, mut article| {
            let totals = totals_of(&self.snapshot, key);
            article.totals = totals.map_err(|e| self.store.error(&e))?;
            all.push(article);
            Ok::<(), Error>(())
        })?;
        Ok(all)
    }

    fn walk<E: From<Error>>(
        &self,
        measures: Option<&[Measure]>,
        mut take: impl FnMut(i64, Article) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let failed = |e| E::from(self.store.error(&e));
        let mut query = self
            .snapshot
            .prepare_cached(row::ARTICLES)
            .map_err(failed)?;
        for item in query.query_map([], row::article).map_err(failed)? {
            let (key, mut article) = item.map_err(failed)?;
            self.admit(key, &mut article, measures).map_err(failed)?;
            if article.figures.is_empty() {
                continue;
            }
            if let Some([copy_of, superseded_by]) = self.kin.get(&key) {
                article.copy_of.clone_from(copy_of);
                if superseded_by.is_some() {
                    article.superseded_by.clone_from(superseded_by);
                }
            }
            take(key, article)?;
        }
        Ok(())
    }

    /// Gives an article its figures that pass.
    fn admit(
        &self,
        key: i64,
        article: &mut Article,
        measures: Option<&[Measure]>,
    ) -> rusqlite::Result<()> {
        let wanted = |measure: Measure| measures.is_none_or(|m| m.contains(&measure));
        // a verdict may change the measure, and a crisis is told by all figures: without them the others need not be read
        let alone = self.verdicts.is_empty() && self.filter.crises.is_empty();
        let skipped = |row: &Row<'_>| -> rusqlite::Result<bool> {
            Ok(alone && measures.is_some() && !wanted(row::read(row, 6)?))
        };
        let found = figures_of(&self.snapshot, key, skipped)?;
        article.figures = verdict::apply(&self.verdicts, found);
        self.filter.keep(article);
        article.figures.retain(|f| wanted(f.measure));
        Ok(())
    }

    /// Counts, and tells which articles repeat others.
    fn tell_copies(&mut self) -> Result<()> {
        let (mut keys, mut told) = (Vec::new(), Vec::new());
        let mut figures: BTreeMap<Measure, usize> = BTreeMap::new();
        self.walk(None, |key, article| {
            for figure in &article.figures {
                *figures.entry(figure.measure).or_default() += 1;
            }
            keys.push(key);
            told.push(Told {
                sketch: self.sketch(key).map_err(|e| self.store.error(&e))?,
                id: article.id,
                url: article.url,
                published: article.published,
            });
            Ok::<(), Error>(())
        })?;
        (self.articles, self.figures) = (keys.len(), figures);
        let id = |of: Option<usize>| of.map(|of| told[of].id.clone());
        for (key, kin) in keys.into_iter().zip(copies::kin(&told)) {
            if kin != copies::Kin::default() {
                let names = [id(kin.copy_of), id(kin.superseded_by)];
                self.kin.insert(key, names);
            }
        }
        Ok(())
    }

    fn sketch(&self, key: i64) -> rusqlite::Result<Sketch> {
        self.snapshot
            .prepare_cached("SELECT sketch FROM article WHERE key = ?")?
            .query_row([key], |row| {
                Ok(Sketch::from_bytes(row.get_ref(0)?.as_blob()?))
            })
    }
}

//! The text of a page -> its tree, and what its head says.
//!
//! A tokenizer that follows the HTML standard cuts the page; the tree over it is our own and flat: nodes stand in the order of the page, so
//! that the descendants of node `i` are `i + 1..end(i)`, a parent always comes before its children, and no walk needs recursion. End tags
//! that authors leave out are supplied (`p`, `li`, `dd`, `tr`, `td` …); what the standard does beyond (mending of crossed `b` and `i`,
//! moving text out of tables) makes no difference to what words follow each other. Elements nested beyond [`DEEPEST`] are taken for siblings.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::attributes::Attributes;
use super::tag::{self, Name, Tag};
use super::{mark, nesting};
use crate::data;
use crate::read::Parsed;

/// Elements within elements; people's pages stay below 60.
const DEEPEST: usize = 400;
/// Elements that an end tag looks through for its start.
const REACH: usize = 200;
/// Nodes of the largest page.
const NODES: usize = 2_000_000;

/// A piece of text or an element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) tag: Tag,
    pub(super) marks: u8,
    pub(super) parent: u32,
    /// One past its last descendant.
    pub(super) end: u32,
    /// Of a piece of text: where it stands in `Tree::text`.
    from: u32,
    to: u32,
}

impl Node {
    pub(super) fn has(self, mark: u8) -> bool {
        self.marks & mark != 0
    }
}

/// A cell that covers several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Covers {
    node: u32,
    pub(super) columns: u16,
    pub(super) rows: u16,
}

/// What a page says of itself outside its text.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) lang: String,
    pub(super) canonical: String,
    pub(super) base: String,
    /// The address a browser wrote into the page when it saved it.
    pub(super) saved_from: String,
    /// `meta` elements: name, property or itemprop in small letters, and content.
    pub(super) metas: Vec<(String, String)>,
    /// The content of JSON-LD scripts.
    pub(super) json_ld: Vec<String>,
    /// Elements with a machine-readable time: node, time, and whether it is said to be that of publication.
    pub(super) times: Vec<(u32, String, bool)>,
}

/// A page. Node 0 is the page as a whole.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) head: Head,
    text: String,
    covers: Vec<Covers>,
}

impl Tree {
    /// The tree of a page; else what is wrong with it.
    pub(super) fn new(page: &str) -> Parsed<Tree> {
        let mut builder = Builder::new(page.len());
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
            builder.hear(&event);
            None::<Infallible>
        });
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(page, emitter).finish();
        builder.finish()
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The words of a piece of text as they stand in the page, spaces and line ends included.
    pub(super) fn text(&self, node: usize) -> &str {
        let Node { from, to, .. } = self.nodes[node];
        &self.text[from as usize..to as usize]
    }

    /// The descendants of a node, itself left out.
    pub(super) fn within(&self, node: usize) -> Range<usize> {
        node + 1..self.nodes[node].end as usize
    }

    /// Columns and rows that a cell covers.
    pub(super) fn covers(&self, node: usize) -> (usize, usize) {
        let at = self
            .covers
            .binary_search_by_key(&node, |c| c.node as usize)
            .ok();
        at.map_or((1, 1), |at| {
            let c = self.covers[at];
            (usize::from(c.columns), usize::from(c.rows))
        })
    }
}

/// An element that has not ended.
#[derive(Clone, Copy)]
struct Open {
    node: u32,
    tag: Tag,
    name: u64,
}

/// What stood last in the page.
#[derive(PartialEq, Clone, Copy)]
enum Last {
    Text,
    Start,
    End,
}

struct Builder {
    tree: Tree,
    open: Vec<Open>,
    /// Elements open beyond the deepest.
    beyond: usize,
    /// The name of the element whose attributes come.
    name: Vec<u8>,
    attributes: Attributes,
    raw: Option<Content>,
    last: Last,
    has_title: bool,
}

/// The content of an element that holds no markup.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    Title,
    JsonLd,
    Nothing,
}

impl Builder {
    fn new(size: usize) -> Self {
        let root = Node {
            tag: Tag::Block,
            marks: 0,
            parent: 0,
            end: 0,
            from: 0,
            to: 0,
        };
        let mut nodes = Vec::with_capacity(size / 40 + 1);
        nodes.push(root);
        Builder {
            tree: Tree {
                nodes,
                head: Head::default(),
                text: String::with_capacity(size / 8),
                covers: Vec::new(),
            },
            open: vec![Open {
                node: 0,
                tag: Tag::Block,
                name: 0,
            }],
            beyond: 0,
            name: Vec::new(),
            attributes: Attributes::default(),
            raw: None,
            last: Last::Start,
            has_title: false,
        }
    }

    fn hear(&mut self, event: &CallbackEvent<'_>) {
        if self.tree.len() > NODES {
            return;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name.clear();
                self.name.extend_from_slice(name);
                self.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => self.attributes.name(name),
            CallbackEvent::AttributeValue { value } => self.attributes.value(value),
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.characters(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { value } => self.comment(value),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn characters(&mut self, text: &str) {
        match self.raw {
            Some(Content::Title) => self.tree.head.title.push_str(text),
            Some(Content::JsonLd) => self.tree.head.json_ld.push(text.to_string()),
            Some(Content::Nothing) => {}
            None => {
                let blank = text.bytes().all(|b| b.is_ascii_whitespace());
                let lies_in = self.open.last().map_or(Tag::Block, |o| o.tag);
                // what indents the markup
                if blank && !lies_in.is_inline() && self.last == Last::Start {
                    return;
                }
                let from = self.tree.text.len() as u32;
                self.tree
                    .text
                    .push_str(if blank && lies_in != Tag::Preformatted {
                        " "
                    } else {
                        text
                    });
                let node = self.push(Tag::Text, 0);
                let to = self.tree.text.len() as u32;
                let node = &mut self.tree.nodes[node];
                (node.from, node.to) = (from, to);
                self.last = Last::Text;
            }
        }
    }

    fn comment(&mut self, value: &[u8]) {
        // <!-- saved from url=(0023)https://example.org/a -->
        let head = &mut self.tree.head;
        if head.saved_from.is_empty()
            && let Ok(comment) = std::str::from_utf8(value)
            && let Some(rest) = comment.trim().strip_prefix("saved from url=(")
            && let Some((_, address)) = rest.split_once(')')
        {
            head.saved_from = address.trim().to_string();
        }
    }

    fn start(&mut self) {
        self.raw = None;
        match tag::by_name(&self.name) {
            Name::Void => {}
            Name::Page => self.page(),
            Name::Raw => {
                self.raw = Some(match &self.name[..] {
                    b"title" if !self.has_title => {
                        self.has_title = true;
                        Content::Title
                    }
                    b"script" if is_json_ld(self.attributes.text("type")) => Content::JsonLd,
                    _ => Content::Nothing,
                });
            }
            Name::Node(tag) => self.element(tag),
        }
    }

    /// `html`, `meta`, `link`, `base`.
    fn page(&mut self) {
        let (attributes, head) = (&self.attributes, &mut self.tree.head);
        let set = |into: &mut String, value: &str| {
            if into.is_empty() {
                into.push_str(value);
            }
        };
        match &self.name[..] {
            b"html" => {
                set(&mut head.lang, attributes.text("lang"));
                set(&mut head.lang, attributes.text("xml:lang"));
            }
            b"base" => set(&mut head.base, attributes.text("href")),
            b"link"
                if attributes
                    .text("rel")
                    .split_ascii_whitespace()
                    .any(|r| r.eq_ignore_ascii_case("canonical")) =>
            {
                set(&mut head.canonical, attributes.text("href"));
            }
            b"meta" => {
                let content = attributes.text("content");
                for key in ["property", "name", "itemprop"] {
                    for name in attributes.text(key).split_ascii_whitespace() {
                        if !content.is_empty() {
                            head.metas
                                .push((name.to_ascii_lowercase(), content.to_string()));
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn element(&mut self, tag: Tag) {
        let tag = match tag {
            Tag::Gone if self.attributes.get("shadowrootmode").is_some() => Tag::Block,
            Tag::Body if self.open.len() > 1 => return,
            tag => tag,
        };
        self.close_before(tag);
        let mut marks = mark::of(tag, &self.name, &self.attributes);
        if self.last == Last::End && tag.is_inline() {
            marks |= mark::GLUED;
        }
        self.last = Last::Start;
        if tag.is_leaf() {
            self.push(tag, marks);
            return;
        }
        if self.open.len() > DEEPEST {
            self.beyond += 1;
            return;
        }
        let node = self.push(tag, marks) as u32;
        self.open.push(Open {
            node,
            tag,
            name: short(&self.name),
        });
        if matches!(tag, Tag::Cell | Tag::HeadCell) {
            self.cell(node);
        }
        self.time(tag, node);
    }

    fn cell(&mut self, node: u32) {
        let number = |name| {
            let digits = self.attributes.text(name);
            digits.parse::<u16>().unwrap_or(1).clamp(1, 1000)
        };
        let (columns, rows) = (number("colspan"), number("rowspan"));
        if columns > 1 || rows > 1 {
            self.tree.covers.push(Covers {
                node,
                columns,
                rows,
            });
        }
    }

    fn time(&mut self, tag: Tag, node: u32) {
        let attributes = &self.attributes;
        let property = attributes.text("itemprop");
        let published = property == "datePublished"
            || attributes.get("pubdate").is_some()
            || attributes
                .text("class")
                .split_ascii_whitespace()
                .any(|c| data::get().page.publication_time.iter().any(|p| p == c));
        let time = match attributes.text("datetime") {
            "" if published => match attributes.text("content") {
                "" => attributes.text("title"),
                content => content,
            },
            time => time,
        };
        if !time.is_empty() && (tag == Tag::Time || published) {
            let time = time.to_string();
            self.tree.head.times.push((node, time, published));
        }
    }

    /// Ends what authors do not end before an element of this kind.
    fn close_before(&mut self, tag: Tag) {
        let mut close = None;
        for (depth, open) in self.open.iter().enumerate().skip(1).rev().take(REACH) {
            if nesting::ends_before(open.tag, tag) {
                close = Some(depth);
                if !matches!(tag, Tag::HeadRows | Tag::Rows | Tag::TableCaption) {
                    break;
                }
            } else if nesting::keeps_within(open.tag, tag) {
                break;
            }
        }
        if let Some(depth) = close {
            self.close(depth);
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.raw = None;
        let Name::Node(tag) = tag::by_name(name) else {
            return;
        };
        if tag.is_leaf() || tag == Tag::Body {
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            self.last = Last::End;
            return;
        }
        let name = short(name);
        for (depth, open) in self.open.iter().enumerate().skip(1).rev().take(REACH) {
            if open.name == name {
                self.close(depth);
                self.last = Last::End;
                return;
            }
            if !nesting::is_ended_through(open.tag, tag) {
                return;
            }
        }
    }

    /// Ends the elements from this depth on.
    fn close(&mut self, depth: usize) {
        let end = self.tree.len() as u32;
        for open in self.open.drain(depth..) {
            self.tree.nodes[open.node as usize].end = end;
        }
    }

    fn push(&mut self, tag: Tag, marks: u8) -> usize {
        let node = self.tree.len();
        let parent = self.open.last().map_or(0, |o| o.node);
        self.tree.nodes.push(Node {
            tag,
            marks,
            parent,
            end: node as u32 + 1,
            from: 0,
            to: 0,
        });
        node
    }

    fn finish(mut self) -> Parsed<Tree> {
        if self.tree.len() > NODES {
            return Err(format!(
                "more than {NODES} elements, no page of an article; give its text alone"
            ));
        }
        self.close(0);
        Ok(self.tree)
    }
}

fn is_json_ld(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/ld+json")
}

/// A name as a number: its length and its first letters.
fn short(name: &[u8]) -> u64 {
    name.iter()
        .take(7)
        .fold(name.len() as u64, |n, b| n << 8 | u64::from(*b))
}

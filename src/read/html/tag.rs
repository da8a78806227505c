//! Names of elements -> what an element is to a reader of articles.

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// A piece of text.
    Text,
    /// Marks some words: `span`, `b`, and what is not known.
    Inline,
    Anchor,
    Time,
    /// A raised sign: most often the number of a note.
    Raised,
    Quoted,
    /// A line end.
    Break,
    /// A line across the page.
    Rule,
    /// A box: `div`, `section`, elements that a site made up.
    Block,
    Body,
    Main,
    Article,
    Header,
    Footer,
    Nav,
    Aside,
    Form,
    Paragraph,
    Heading(u8),
    Quotation,
    Preformatted,
    List,
    Item,
    Terms,
    Term,
    Definition,
    Figure,
    Caption,
    Table,
    TableCaption,
    /// The rows of a head.
    HeadRows,
    Rows,
    Row,
    HeadCell,
    Cell,
    /// No words of an article, whatever stands in it: controls, drawings, struck out text.
    Gone,
}

/// What is done with an element of this name.
pub(super) enum Name {
    /// It becomes a node.
    Node(Tag),
    /// It has no content and says nothing.
    Void,
    /// It has attributes that matter, and no node: `html`, `head`, `meta`.
    Page,
    /// Its content is no markup: `script`, `style`, `title`.
    Raw,
}

impl Tag {
    /// True for what stands within a line.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Tag::Text
                | Tag::Inline
                | Tag::Anchor
                | Tag::Time
                | Tag::Raised
                | Tag::Quoted
                | Tag::Break
        )
    }

    /// True for what cannot hold anything.
    pub(super) fn is_leaf(self) -> bool {
        matches!(self, Tag::Text | Tag::Break | Tag::Rule)
    }

    /// True for a box that may hold an article.
    pub(super) fn is_box(self) -> bool {
        matches!(
            self,
            Tag::Block
                | Tag::Body
                | Tag::Main
                | Tag::Article
                | Tag::Form
                | Tag::Header
                | Tag::Table
                | Tag::Rows
                | Tag::Row
                | Tag::Cell
        )
    }

    /// True for the parts of a table.
    pub(super) fn is_of_table(self) -> bool {
        matches!(
            self,
            Tag::TableCaption | Tag::HeadRows | Tag::Rows | Tag::Row | Tag::HeadCell | Tag::Cell
        )
    }
}

/// What a name means; small letters.
pub(super) fn by_name(name: &[u8]) -> Name {
    use Name::{Node, Page, Raw, Void};
    match name {
        b"html" | b"head" | b"meta" | b"link" | b"base" => Page,
        b"script" | b"style" | b"title" | b"noscript" | b"noembed" | b"iframe" | b"textarea"
        | b"xmp" => Raw,
        b"img" | b"input" | b"wbr" | b"area" | b"col" | b"embed" | b"param" | b"source"
        | b"track" | b"frame" | b"basefont" | b"bgsound" => Void,
        b"br" => Node(Tag::Break),
        b"hr" => Node(Tag::Rule),
        b"a" => Node(Tag::Anchor),
        b"time" => Node(Tag::Time),
        b"sup" => Node(Tag::Raised),
        b"q" => Node(Tag::Quoted),
        b"body" => Node(Tag::Body),
        b"main" => Node(Tag::Main),
        b"article" => Node(Tag::Article),
        b"header" | b"hgroup" => Node(Tag::Header),
        b"footer" => Node(Tag::Footer),
        b"nav" => Node(Tag::Nav),
        b"aside" => Node(Tag::Aside),
        b"form" => Node(Tag::Form),
        b"p" => Node(Tag::Paragraph),
        b"h1" => Node(Tag::Heading(1)),
        b"h2" => Node(Tag::Heading(2)),
        b"h3" => Node(Tag::Heading(3)),
        b"h4" => Node(Tag::Heading(4)),
        b"h5" => Node(Tag::Heading(5)),
        b"h6" => Node(Tag::Heading(6)),
        b"blockquote" => Node(Tag::Quotation),
        b"pre" | b"listing" => Node(Tag::Preformatted),
        b"ul" | b"ol" | b"menu" | b"dir" => Node(Tag::List),
        b"li" => Node(Tag::Item),
        b"dl" => Node(Tag::Terms),
        b"dt" => Node(Tag::Term),
        b"dd" => Node(Tag::Definition),
        b"figure" => Node(Tag::Figure),
        b"figcaption" => Node(Tag::Caption),
        b"table" => Node(Tag::Table),
        b"caption" => Node(Tag::TableCaption),
        b"thead" => Node(Tag::HeadRows),
        b"tbody" | b"tfoot" => Node(Tag::Rows),
        b"tr" => Node(Tag::Row),
        b"th" => Node(Tag::HeadCell),
        b"td" => Node(Tag::Cell),
        b"svg" | b"math" | b"select" | b"option" | b"button" | b"object" | b"applet" | b"video"
        | b"audio" | b"canvas" | b"template" | b"datalist" | b"dialog" | b"map" | b"progress"
        | b"meter" | b"label" | b"del" | b"s" | b"strike" | b"rp" | b"rt" => Node(Tag::Gone),
        b"div" | b"section" | b"center" | b"address" | b"details" | b"summary" | b"fieldset"
        | b"legend" | b"marquee" | b"search" => Node(Tag::Block),
        _ if name.contains(&b'-') => Node(Tag::Block),
        _ => Node(Tag::Inline),
    }
}

//! Which elements end without an end tag, as in the HTML standard.

use super::tag::Tag;

/// True if the open element ends where the new one starts.
pub(super) fn ends_before(open: Tag, new: Tag) -> bool {
    match new {
        Tag::Anchor => open == Tag::Anchor,
        // drawings and controls stand within a line
        Tag::Gone => false,
        Tag::Item => open == Tag::Item,
        Tag::Term | Tag::Definition => matches!(open, Tag::Term | Tag::Definition),
        Tag::Row => open == Tag::Row,
        Tag::Cell | Tag::HeadCell => matches!(open, Tag::Cell | Tag::HeadCell),
        Tag::HeadRows | Tag::Rows | Tag::TableCaption => open.is_of_table(),
        Tag::Heading(_) => matches!(open, Tag::Paragraph | Tag::Heading(_)),
        new => !new.is_inline() && open == Tag::Paragraph,
    }
}

/// True if nothing around the open element ends where the new one starts.
pub(super) fn keeps_within(open: Tag, new: Tag) -> bool {
    match new {
        Tag::Item => open == Tag::List || open.is_of_table() || open == Tag::Table,
        Tag::Term | Tag::Definition => {
            open == Tag::Terms || open.is_of_table() || open == Tag::Table
        }
        Tag::Row => matches!(open, Tag::Table | Tag::Rows | Tag::HeadRows),
        Tag::Cell | Tag::HeadCell => matches!(open, Tag::Table | Tag::Row),
        Tag::HeadRows | Tag::Rows | Tag::TableCaption => open == Tag::Table,
        _ => !open.is_inline(),
    }
}

/// True if an end tag also ends this element, to get at the one it names.
pub(super) fn is_ended_through(open: Tag, named: Tag) -> bool {
    match named {
        Tag::Anchor => open.is_inline() || open == Tag::Paragraph,
        named if named.is_inline() => open.is_inline(),
        Tag::Table => true,
        named if named.is_of_table() => open != Tag::Table,
        _ => !open.is_of_table() && open != Tag::Table,
    }
}

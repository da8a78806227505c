//! The attributes of one element, those that matter.

/// The attributes that are looked at.
const ATTRIBUTES: [&[u8]; 22] = [
    b"class",
    b"id",
    b"role",
    b"href",
    b"hidden",
    b"aria-hidden",
    b"style",
    b"itemprop",
    b"datetime",
    b"title",
    b"content",
    b"name",
    b"property",
    b"rel",
    b"type",
    b"lang",
    b"xml:lang",
    b"colspan",
    b"rowspan",
    b"pubdate",
    b"aria-modal",
    b"shadowrootmode",
];

/// The attributes of the element being read.
#[derive(Default)]
pub(super) struct Attributes {
    values: [String; ATTRIBUTES.len()],
    given: u32,
    current: Option<usize>,
}

impl Attributes {
    pub(super) fn is_empty(&self) -> bool {
        self.given == 0
    }

    pub(super) fn clear(&mut self) {
        self.given = 0;
        self.current = None;
    }

    pub(super) fn name(&mut self, name: &[u8]) {
        self.current = ATTRIBUTES.iter().position(|a| *a == name);
        // the first of two counts
        self.current = self.current.filter(|at| self.given & (1 << at) == 0);
        if let Some(at) = self.current {
            self.given |= 1 << at;
            self.values[at].clear();
        }
    }

    pub(super) fn value(&mut self, value: &[u8]) {
        if let Some(at) = self.current.take() {
            self.values[at].push_str(&String::from_utf8_lossy(value));
        }
    }

    /// The value of an attribute; empty if it was given without one.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let at = ATTRIBUTES.iter().position(|a| *a == name.as_bytes())?;
        (self.given & (1 << at) != 0).then(|| self.values[at].trim())
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
}

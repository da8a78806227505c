//! Columns that stand in more than one table.

use super::{Column, Holds};

/// Where.
pub const COUNTRY: Column = Column::new(
    "country",
    "#country+code",
    Holds::Country,
    "where the people are, ISO 3166-1 alpha-3",
);
/// What.
pub const MEASURE: Column = Column::new(
    "measure",
    "#indicator+code",
    super::MEASURE,
    "what is counted",
)
.always();
/// How many.
pub const VALUE: Column = Column::new(
    "value",
    "#indicator+value+num",
    Holds::Number,
    "the number; empty for ranges and vague words",
);
/// At least.
pub const LOW: Column = Column::new(
    "low",
    "#indicator+low+num",
    Holds::Number,
    "lower bound; empty = open",
);
/// At most.
pub const HIGH: Column = Column::new(
    "high",
    "#indicator+high+num",
    Holds::Number,
    "upper bound; empty = open",
);
/// How sure.
pub const QUALIFIER: Column = Column::new(
    "qualifier",
    "#indicator+qualifier",
    super::QUALIFIER,
    "the hedge",
)
.always();
/// Who or what.
pub const UNIT: Column = Column::new(
    "unit",
    "#indicator+unit",
    super::UNIT,
    "who or what is counted",
)
.always();
/// By whom.
pub const SOURCE: Column = Column::new("source", "#org+source", Holds::Text, "who says so");

//! `datapackage.json`: what the CSV files of a folder hold, in the words of Frictionless Data (datapackage.org): types, constraints, descriptions.

use serde_json::{Map, Value, json};

use super::{Column, Holds};

/// Describes the CSV files with these names and columns, with the row of HXL tags where they have one.
pub fn describe(tables: &[(&str, &[Column])], hxl: bool) -> Value {
    let resources: Vec<Value> = tables
        .iter()
        .map(|(name, columns)| resource(name, columns, hxl))
        .collect();
    json!({
        "profile": "tabular-data-package",
        "name": "headcount",
        "title": "Humanitarian figures, each tied to its source, date, place and sentence",
        "description": "Lists are joined by |, a | inside an item is %7C. A text that a spreadsheet would run as a formula has an apostrophe before it.",
        "resources": resources,
    })
}

fn resource(name: &str, columns: &[Column], hxl: bool) -> Value {
    let fields: Vec<Value> = columns.iter().map(field).collect();
    let mut resource = json!({
        "profile": "tabular-data-resource",
        "name": name,
        "path": format!("{name}.csv"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields, "missingValues": [""] },
    });
    if hxl {
        resource["dialect"] = json!({ "commentRows": [2] });
    }
    resource
}

fn field(column: &Column) -> Value {
    let mut bounds = Map::new();
    let mut bound = |name: &str, value: Value| bounds.insert(name.into(), value);
    if column.always {
        bound("required", true.into());
    }
    let mut field = json!({ "name": column.name, "description": column.says });
    field["type"] = match column.holds {
        Holds::Text | Holds::Prose | Holds::List | Holds::Link => "string",
        Holds::Word(words) => {
            bound("enum", words().into());
            "string"
        }
        Holds::Country => {
            bound("pattern", "[A-Z]{3}".into());
            "string"
        }
        Holds::Whole => {
            bound("minimum", 0.into());
            "integer"
        }
        Holds::Number => "number",
        Holds::Share => {
            bound("minimum", 0.into());
            bound("maximum", 1.into());
            "number"
        }
        Holds::Date => "date",
        Holds::Truth => "boolean",
    }
    .into();
    if matches!(column.holds, Holds::Truth) {
        field["trueValues"] = json!(["true"]);
        field["falseValues"] = json!(["false"]);
    }
    if !bounds.is_empty() {
        field["constraints"] = bounds.into();
    }
    field
}

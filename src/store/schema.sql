-- The store, version 1. Dates are ISO 8601 text, absent = NULL, flags are 0 or 1.

-- One row an article; its text stays where it was read.
CREATE TABLE article (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash INTEGER NOT NULL,              -- of all that was read and of the program that read it: the same = nothing to do
  url TEXT,
  publisher TEXT,
  title TEXT,
  published TEXT,
  published_inferred INTEGER NOT NULL,
  lang TEXT
) STRICT;

-- What the program found, in the order of the text. Adding an article again replaces its rows.
CREATE TABLE figure (
  article INTEGER NOT NULL REFERENCES article (key),
  ordinal INTEGER NOT NULL,
  id TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  number_text TEXT NOT NULL,
  measure TEXT NOT NULL,
  value REAL,
  low REAL,
  high REAL,
  qualifier TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT,
  source_text TEXT,
  as_of TEXT,
  period_start TEXT,
  period_end TEXT,
  country TEXT,
  place_text TEXT,
  part_of INTEGER NOT NULL,
  projected INTEGER NOT NULL,
  implicit INTEGER NOT NULL,
  sentence TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;

-- What a reviewer said of a figure. It overrides the program, and stays when the article is replaced: hence no foreign key.
CREATE TABLE verdict (
  figure TEXT PRIMARY KEY,
  article TEXT NOT NULL,              -- article.id
  verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'corrected')),
  correction TEXT,                    -- the record as it should be, JSON; only with 'corrected'
  CHECK ((verdict = 'corrected') = (correction IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX verdict_article ON verdict (article);

-- Per article and measure, the one number the article as a whole reports, verdicts counted in.
CREATE TABLE total (
  article INTEGER NOT NULL REFERENCES article (key),
  measure TEXT NOT NULL,
  low REAL,
  value REAL,
  high REAL,
  PRIMARY KEY (article, measure)
) STRICT, WITHOUT ROWID;

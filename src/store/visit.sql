-- Version 3: what servers said of the state of their pages, so that the next run asks only for what has changed.
CREATE TABLE visit (
  address TEXT PRIMARY KEY,           -- as it was given
  program TEXT NOT NULL,              -- the program that read it: another reads it anew
  location TEXT NOT NULL,             -- where it led to
  etag TEXT,
  modified TEXT,
  followed INTEGER NOT NULL           -- 1: the links of a feed were followed
) STRICT, WITHOUT ROWID;

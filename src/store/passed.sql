-- Version 4: articles that were read and passed over, since another one of the same id and text, with other metadata, was read in the same run and
-- stays (version.rs). Read again they are no change.
CREATE TABLE passed_over (
  page TEXT NOT NULL,                 -- article.page
  text INTEGER NOT NULL,              -- article.text
  hash INTEGER NOT NULL,              -- as article.hash
  PRIMARY KEY (page, text, hash)
) STRICT, WITHOUT ROWID;

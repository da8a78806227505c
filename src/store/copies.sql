-- Version 2: by what copies of an article are told (copies.rs), and the versions of a page (version.rs).
ALTER TABLE article ADD COLUMN sketch BLOB NOT NULL DEFAULT x'';
ALTER TABLE article ADD COLUMN page TEXT NOT NULL DEFAULT '';     -- the id that all versions were given by their input
ALTER TABLE article ADD COLUMN text INTEGER NOT NULL DEFAULT 0;   -- hash of the text: another = another version; 0 = not known
ALTER TABLE article ADD COLUMN run INTEGER NOT NULL DEFAULT 0;    -- which opening of the store brought this version
UPDATE article SET page = id;
CREATE INDEX article_page ON article (page);

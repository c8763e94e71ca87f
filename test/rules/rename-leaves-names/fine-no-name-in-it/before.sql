CREATE TABLE place (id integer PRIMARY KEY, note text);
CREATE INDEX ix_footnote ON place (note);

-- cycle-to-bigint

ALTER TABLE author DROP CONSTRAINT fk_author_book;
ALTER TABLE book DROP CONSTRAINT fk_book_author;

ALTER TABLE author ALTER COLUMN id TYPE bigint;

ALTER SEQUENCE author_id_seq AS bigint;

ALTER TABLE author ALTER COLUMN book_id TYPE bigint;

ALTER TABLE book ALTER COLUMN id TYPE bigint;

ALTER SEQUENCE book_id_seq AS bigint;

ALTER TABLE book ALTER COLUMN author_id TYPE bigint;

ALTER TABLE author ADD CONSTRAINT fk_author_book FOREIGN KEY (book_id) REFERENCES book (id);
ALTER TABLE book ADD CONSTRAINT fk_book_author FOREIGN KEY (author_id) REFERENCES author (id);

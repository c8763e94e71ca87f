-- cycle-dropped

ALTER TABLE book DROP CONSTRAINT fk_book_author;

-- No model declares author, so it is dropped with its 1 row: answered.
DROP TABLE author;

-- No model declares book, so it is dropped with its 1 row: answered.
DROP TABLE book;

-- cycle-created

CREATE TABLE book (
    id SERIAL NOT NULL,
    author_id integer NOT NULL,
    CONSTRAINT book_pkey PRIMARY KEY (id)
);
-- The API serves tables of public to anyone with the public key until row level
-- security is on. Without policies, which are yours to write, only the owner and
-- service_role see the rows.
ALTER TABLE book ENABLE ROW LEVEL SECURITY;

CREATE TABLE author (
    id SERIAL NOT NULL,
    best_book_id integer,
    CONSTRAINT author_pkey PRIMARY KEY (id),
    CONSTRAINT fk_author_best_book FOREIGN KEY (best_book_id) REFERENCES book (id)
);
ALTER TABLE author ENABLE ROW LEVEL SECURITY;

ALTER TABLE book ADD CONSTRAINT fk_book_author FOREIGN KEY (author_id) REFERENCES author (id);

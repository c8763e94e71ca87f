INSERT INTO job (name) VALUES ('a'), ('b');
INSERT INTO author (best_book_id) VALUES (NULL);
INSERT INTO book (author_id) VALUES (1);
UPDATE author SET best_book_id = 1;

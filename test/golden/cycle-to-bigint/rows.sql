INSERT INTO author DEFAULT VALUES;
INSERT INTO book (author_id) VALUES (1);
UPDATE author SET book_id = 1;

INSERT INTO author (id, name, born) VALUES (1, 'Ursula K. Le Guin', '1929-10-21'), (2, 'Flann O''Brien', NULL);
INSERT INTO book (id, author_id, title, pages, language) VALUES
  (1, 1, 'The Dispossessed', 341, 'en'), (2, 1, 'Always Coming Home', 523, 'en'), (3, 2, 'An Béal Bocht', NULL, 'ga');
INSERT INTO loan (id, book_id, since, state) VALUES (1, 1, '2025-03-01', 'returned'), (2, 1, '2025-04-01', 'open'), (3, 3, '2025-01-31', 'lost');
SELECT setval('author_id_seq', 2), setval('book_id_seq', 3), setval('loan_id_seq', 3);

INSERT INTO job (number, document, token, moment, ready, day)
VALUES ('42', '{"a": 1}', '6f9619ff-8b86-d011-b42d-00c04fc964ff', '2026-01-02 03:04:05', 'true', '2026-01-02'),
  ('-1', NULL, '6f9619ff-8b86-d011-b42d-00c04fc964fe', NULL, 'false', '2026-01-03');

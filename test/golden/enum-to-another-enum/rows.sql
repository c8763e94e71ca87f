INSERT INTO job (status, previous) VALUES ('NEW', NULL), ('DONE', 'NEW');

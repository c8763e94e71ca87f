INSERT INTO job (status, error) VALUES ('NEW', NULL), ('DONE', NULL), ('FAILED', 'no answer');

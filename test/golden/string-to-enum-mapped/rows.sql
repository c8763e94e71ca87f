INSERT INTO job (status) VALUES ('waiting'), ('queued'), (''), ('it''s over'), (NULL);

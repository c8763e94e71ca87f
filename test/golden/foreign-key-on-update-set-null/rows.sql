INSERT INTO account (name) VALUES ('a');
INSERT INTO invoice (account_id) VALUES (1), (NULL);

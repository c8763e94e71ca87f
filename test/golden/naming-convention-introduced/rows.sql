INSERT INTO account (email) VALUES ('a');
INSERT INTO invoice (account_id, net) VALUES (1, 2);

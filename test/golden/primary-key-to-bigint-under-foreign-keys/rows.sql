INSERT INTO account (id, parent_id) VALUES (1, NULL), (2, 1);
INSERT INTO invoice (account_id) VALUES (1), (2);
INSERT INTO login (account_id) VALUES (2);

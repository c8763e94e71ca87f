INSERT INTO account (id, code, parent_id) VALUES (1, 'a', NULL), (2, 'b', 1);
INSERT INTO invoice (account_id) VALUES (1), (2);
INSERT INTO login (account_id) VALUES (2);

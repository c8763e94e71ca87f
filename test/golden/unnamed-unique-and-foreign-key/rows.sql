INSERT INTO account DEFAULT VALUES;
INSERT INTO contact (email, account_id) VALUES ('a', 1), ('b', 1);

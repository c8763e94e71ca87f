INSERT INTO account DEFAULT VALUES;
INSERT INTO contact (owner_id, email) VALUES (1, 'a@example.org'), (1, 'b@example.org');

INSERT INTO lead (email, score) VALUES ('a@example.org', 1), ('b@example.org', 2);
INSERT INTO note (lead_id) VALUES (1), (2);

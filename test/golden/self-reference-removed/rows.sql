INSERT INTO job (parent_id) VALUES (NULL), (1);

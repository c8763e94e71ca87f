INSERT INTO membership (user_id, group_id) VALUES (1, 2), (2, 1);

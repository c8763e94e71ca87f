INSERT INTO profile (name) VALUES ('a');

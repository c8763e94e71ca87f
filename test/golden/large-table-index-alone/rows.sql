INSERT INTO sale (code) VALUES ('a'), ('b');

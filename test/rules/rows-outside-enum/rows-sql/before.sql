CREATE TABLE place (id bigint PRIMARY KEY, mood text NOT NULL);
INSERT INTO place VALUES (1, 'calm'), (2, 'BUSY'), (3, 'calm');

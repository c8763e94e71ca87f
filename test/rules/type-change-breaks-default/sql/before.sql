CREATE TABLE place (id bigint PRIMARY KEY, open text NOT NULL DEFAULT 'yes');
INSERT INTO place VALUES (1, 'yes'), (2, 'no');

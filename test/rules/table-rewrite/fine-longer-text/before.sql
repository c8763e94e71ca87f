-- large: 1 rows
CREATE TABLE tag (name varchar(10));
INSERT INTO tag VALUES ('a');

CREATE TABLE place (id integer NOT NULL);

CREATE TYPE place_status AS ENUM ('new', 'in_review');
CREATE TABLE place (id integer PRIMARY KEY, state place_status DEFAULT 'new');
INSERT INTO place VALUES (1);

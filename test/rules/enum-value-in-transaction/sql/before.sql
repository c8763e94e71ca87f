CREATE TYPE mood AS ENUM ('calm', 'busy');
CREATE TABLE place (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    mood mood NOT NULL DEFAULT 'calm'
);
INSERT INTO place VALUES (1, 'Harbour', 'busy'), (2, 'Mill', 'calm');

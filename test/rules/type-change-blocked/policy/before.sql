CREATE TABLE place (id integer PRIMARY KEY, owner integer);
ALTER TABLE place ENABLE ROW LEVEL SECURITY;
CREATE POLICY owners ON place USING (owner = 1);
INSERT INTO place VALUES (1, 1), (2, 2);

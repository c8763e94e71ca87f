CREATE TABLE visit (
    id bigint PRIMARY KEY,
    place_id bigint CONSTRAINT visit_place REFERENCES place (id),
    stars integer CONSTRAINT visit_place CHECK (stars > 0)
);

CREATE TABLE visit (
    id bigint PRIMARY KEY,
    seen_at timestamptz,
    note text,
    seen_at timestamptz
);

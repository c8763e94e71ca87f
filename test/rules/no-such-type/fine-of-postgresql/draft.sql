CREATE TABLE visit (
    id bigint PRIMARY KEY,
    seen_at timestamptz NOT NULL,
    price numeric(1000, 2),
    code varchar(10485760),
    flags bit(3),
    stars float(24),
    label nchar(3)
);

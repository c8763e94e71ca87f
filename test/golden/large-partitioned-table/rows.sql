CREATE TABLE sale_2024 PARTITION OF sale FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO sale (id, sold_on, code) VALUES (1, '2024-02-29', 'a'), (2, '2024-03-01', 'b');

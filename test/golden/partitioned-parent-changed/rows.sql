CREATE TABLE event_2026 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE event_rest PARTITION OF event DEFAULT;
INSERT INTO event (id, day, kind, note) VALUES (1, '2026-05-01', 'a', 'n'), (2, '2025-05-01', 'b', 'm');

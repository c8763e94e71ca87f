INSERT INTO booking (room, during) VALUES (1, '[2026-01-01,2026-01-02)');

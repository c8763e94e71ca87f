INSERT INTO job (net, made) VALUES (1.25, '2026-01-01 10:00');

INSERT INTO job (net, rate) VALUES (1.2550, 0.5), (2.5000, 0.25), (3.3333, 0.125);

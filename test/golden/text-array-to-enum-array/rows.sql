INSERT INTO job (flags) VALUES ('{A,C}'), ('{}');

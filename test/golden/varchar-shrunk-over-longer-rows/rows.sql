INSERT INTO job (name) VALUES ('short'), ('much longer than ten'), ('as long as this');

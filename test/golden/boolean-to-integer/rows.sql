INSERT INTO job (ready) VALUES (true), (false);

INSERT INTO job (tags) VALUES ('{x,y}'), (NULL);

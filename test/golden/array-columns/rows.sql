INSERT INTO job (tags, sizes) VALUES ('{x}', '{1,2}');

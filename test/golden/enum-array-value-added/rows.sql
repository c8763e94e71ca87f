INSERT INTO job (moods) VALUES ('{GOOD,BAD}');

INSERT INTO person (mood) VALUES ('angry'), ('calm');

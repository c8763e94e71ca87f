INSERT INTO place (country, city) VALUES ('de', 'Ulm');
INSERT INTO shop (country, city) VALUES ('de', 'Ulm'), (NULL, NULL);

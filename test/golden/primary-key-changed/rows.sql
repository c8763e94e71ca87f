INSERT INTO country (id, code) VALUES (1, 'de'), (2, 'fr');
INSERT INTO city (country_id, country_code) VALUES (1, 'de'), (2, 'fr');

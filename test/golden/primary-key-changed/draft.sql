-- primary-key-changed

ALTER TABLE city DROP CONSTRAINT city_country_id_fkey;
ALTER TABLE city DROP CONSTRAINT city_country_code_fkey;

ALTER TABLE country DROP CONSTRAINT country_pkey;
ALTER TABLE country DROP CONSTRAINT country_code_key;
ALTER TABLE country ADD CONSTRAINT country_pkey PRIMARY KEY (code);
ALTER TABLE country ADD CONSTRAINT country_id_key UNIQUE (id);

ALTER TABLE city ADD CONSTRAINT city_country_id_fkey FOREIGN KEY (country_id) REFERENCES country (id);
ALTER TABLE city ADD CONSTRAINT city_country_code_fkey FOREIGN KEY (country_code) REFERENCES country (code);

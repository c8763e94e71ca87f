-- foreign-key-of-two-columns-added

ALTER TABLE shop ADD CONSTRAINT shop_country_city_fkey FOREIGN KEY (country, city) REFERENCES place (country, city) MATCH FULL;

-- foreign-key-match-changed

ALTER TABLE shop DROP CONSTRAINT fk_shop_place;
ALTER TABLE shop ADD CONSTRAINT fk_shop_place FOREIGN KEY (country, city) REFERENCES place (country, city) MATCH FULL;

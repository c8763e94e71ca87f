ALTER TABLE place ADD CONSTRAINT place_code_key UNIQUE (code), ADD COLUMN region text;

-- A visit says where.
ALTER TABLE visit ADD CONSTRAINT visit_place_code_fkey FOREIGN KEY (place_code) REFERENCES place (code) NOT VALID;
COMMENT ON TABLE visit IS 'who came';

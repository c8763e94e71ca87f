ALTER TABLE place ADD CONSTRAINT place_code_key UNIQUE USING INDEX place_code_key;

-- A visit says where.
ALTER TABLE visit ADD CONSTRAINT visit_place_code_fkey FOREIGN KEY (place_code) REFERENCES place (code) NOT VALID;
COMMENT ON TABLE visit IS 'who came';

INSERT INTO account (name) VALUES ('a');
INSERT INTO booking (account_id, net) VALUES (1, 2);
ALTER TABLE booking ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_new ON booking FOR SELECT USING (state = 'NEW');
CREATE FUNCTION note_booking() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER note_booking AFTER UPDATE OF state ON booking FOR EACH ROW EXECUTE FUNCTION note_booking();

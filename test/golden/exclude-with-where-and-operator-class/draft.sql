-- exclude-with-where-and-operator-class

ALTER TABLE booking ADD CONSTRAINT ex_booking EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room > 0) DEFERRABLE INITIALLY DEFERRED;

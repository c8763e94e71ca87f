-- exclude-renamed

ALTER TABLE booking RENAME CONSTRAINT ex_booking TO booking_excl;

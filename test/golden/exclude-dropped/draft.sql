-- exclude-dropped

ALTER TABLE booking DROP CONSTRAINT ex_booking;

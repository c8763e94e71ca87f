-- table-dropped-with-everything

DROP INDEX ix_booking_account_id;
DROP INDEX ix_booking_new;

-- No model declares booking, so it is dropped with its 1 row: answered.
DROP TABLE booking;

DROP TYPE booking_state;

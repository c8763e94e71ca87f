-- Refuses a transaction, so it stands alone in its file.
drop index concurrently ix_place_name;

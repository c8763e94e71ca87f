-- Refuses a transaction, so it stands alone in its file.
create index concurrently ix_place_town on place (town);

-- Places are called venues
alter table place rename to venue;
alter table venue rename constraint place_pkey to venue_pkey;
alter index ix_place_name rename to ix_venue_name;

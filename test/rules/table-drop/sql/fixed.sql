alter table visit rename to visit_dropped;
alter table place rename to place_dropped;

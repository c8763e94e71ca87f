INSERT INTO lead (full_name, net) VALUES ('a', 1);
CREATE VIEW lead_names AS SELECT full_name FROM lead;

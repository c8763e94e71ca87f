INSERT INTO crm.lead (name) VALUES ('a');

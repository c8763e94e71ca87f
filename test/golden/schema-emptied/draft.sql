-- schema-emptied

-- No model declares crm.lead, so it is dropped with its 1 row: answered.
DROP TABLE crm.lead;

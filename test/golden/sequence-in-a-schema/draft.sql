-- sequence-in-a-schema

CREATE SCHEMA crm;

CREATE SEQUENCE crm.ticket_seq AS integer;

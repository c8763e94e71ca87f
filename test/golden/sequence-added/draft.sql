-- sequence-added

CREATE SEQUENCE ticket_seq INCREMENT BY 5 START WITH 100;

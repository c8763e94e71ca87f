INSERT INTO job (status, past) VALUES ('NEW', '{NEW,DONE}'), ('DONE', NULL);

INSERT INTO job (zip) VALUES ('01067'), ('80331'), ('00501');

INSERT INTO job (status) VALUES ('it''s new'), ('Done:x');

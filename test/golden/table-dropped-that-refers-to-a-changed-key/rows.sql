INSERT INTO job (part) VALUES (1), (2);
INSERT INTO hint (job_id) VALUES (1), (1), (2);

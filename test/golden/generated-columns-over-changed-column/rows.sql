INSERT INTO job (net) VALUES (2);
CREATE VIEW job_label AS SELECT label FROM job;

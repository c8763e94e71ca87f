-- enum-moved-to-another-schema

ALTER TYPE job_status SET SCHEMA crm;

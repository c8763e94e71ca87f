-- enum-moved-to-schema

CREATE SCHEMA types;
ALTER TYPE mood SET SCHEMA types;

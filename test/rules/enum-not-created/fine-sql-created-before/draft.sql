CREATE TYPE mood AS ENUM ('calm', 'busy');
ALTER TABLE place ADD COLUMN mood mood;

CREATE TYPE mood AS ENUM ('calm', 'busy');
ALTER TABLE place ALTER COLUMN mood TYPE mood USING lower(mood)::mood;

ALTER TABLE place ALTER COLUMN open TYPE boolean USING open::boolean;

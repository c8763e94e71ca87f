-- computed-becomes-plain

ALTER TABLE job ALTER COLUMN gross DROP EXPRESSION;

-- What PostgreSQL 15 added.
CREATE TABLE nulls (
  a integer, b integer,
  CONSTRAINT nulls_key UNIQUE NULLS NOT DISTINCT (a, b),
  CONSTRAINT nulls_parent FOREIGN KEY (a) REFERENCES parent ON DELETE SET NULL (a)
);
CREATE UNIQUE INDEX ix_nulls ON nulls (b) NULLS NOT DISTINCT;
CREATE VIEW invoker WITH (security_invoker = true) AS SELECT a FROM nulls;

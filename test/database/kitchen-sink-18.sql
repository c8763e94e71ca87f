-- What PostgreSQL 18 added.
CREATE TABLE eighteen (
  a integer CONSTRAINT a_given NOT NULL,
  b integer GENERATED ALWAYS AS (a + 1) VIRTUAL,
  c integer GENERATED ALWAYS AS (a * 2) STORED,
  CONSTRAINT a_soft CHECK (a > 0) NOT ENFORCED
);
CREATE TABLE periods (id integer, during daterange, CONSTRAINT periods_key PRIMARY KEY (id, during WITHOUT OVERLAPS));

/** SQL that a migration may hold, of every kind. `given` is there before. */
export interface SqlCase {
  readonly sql: string;
  readonly given?: string;
  /** The first version of PostgreSQL that takes it. */
  readonly from?: number;
  /** The last version that takes it. */
  readonly until?: number;
  /** That it is not understood is right; else the test asks for it. */
  readonly maybe?: true;
}

const shop = `CREATE TYPE mood AS ENUM ('A', 'B');
  CREATE TABLE team (id serial PRIMARY KEY, title text NOT NULL, open boolean DEFAULT true);
  CREATE TABLE job (id bigserial PRIMARY KEY, status text NOT NULL DEFAULT 'NEW', mood mood, owner text, team_id integer REFERENCES team, at timestamptz DEFAULT now());
  CREATE INDEX ix_job_status ON job (status);
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;`;

const on = (given: string, ...statements: readonly (string | SqlCase)[]): readonly SqlCase[] => statements.map((one) => (typeof one === 'string' ? { given, sql: one } : { ...one, given: `${given}${one.given ?? ''}` }));

const views = `${shop}
  CREATE VIEW open_job AS SELECT id, status, mood FROM job WHERE status = 'NEW';
  CREATE VIEW open_count AS SELECT status, count(*) AS n FROM open_job GROUP BY status;
  CREATE MATERIALIZED VIEW job_moods AS SELECT mood, count(*) AS n FROM job GROUP BY mood;
  CREATE UNIQUE INDEX ix_job_moods ON job_moods (mood);
  COMMENT ON VIEW open_job IS 'Waiting';
  GRANT SELECT ON open_job TO PUBLIC;`;

const partitioned = `CREATE TABLE customer (id integer PRIMARY KEY);
  CREATE TABLE event (id bigint NOT NULL, at date NOT NULL, kind text DEFAULT 'x', customer_id integer REFERENCES customer, CONSTRAINT ck CHECK (id > 0), PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE event_old PARTITION OF event FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
  CREATE INDEX ix_kind ON event (kind);
  CREATE TABLE event_new (id bigint NOT NULL, at date NOT NULL, kind text DEFAULT 'x', customer_id integer, CONSTRAINT ck CHECK (id > 0));`;

const dependents = `${shop}
  ALTER TABLE job ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON job FOR UPDATE TO PUBLIC USING (owner = CURRENT_USER) WITH CHECK (status <> 'DONE');
  CREATE TRIGGER touch BEFORE UPDATE OF status, owner ON job FOR EACH ROW WHEN (OLD.mood IS DISTINCT FROM NEW.mood) EXECUTE FUNCTION touch();
  CREATE RULE quiet AS ON DELETE TO job WHERE old.status = 'DONE' DO INSTEAD NOTHING;`;

export const sqlCases: readonly SqlCase[] = [
  // Views
  ...on(
    shop,
    "CREATE VIEW v AS SELECT id, status FROM job WHERE status = 'NEW'",
    'CREATE OR REPLACE VIEW v AS SELECT * FROM job',
    'CREATE VIEW v AS SELECT j.*, t.title FROM job j JOIN team t ON t.id = j.team_id',
    'CREATE VIEW v (a, b) AS SELECT id, status FROM job',
    'CREATE VIEW v WITH (security_barrier) AS SELECT id FROM job WITH CHECK OPTION',
    'CREATE VIEW v AS SELECT title, owner FROM team, job WHERE team_id = team.id ORDER BY owner',
    'CREATE VIEW v AS SELECT status, count(*) AS n FROM job GROUP BY status HAVING count(*) > 1 ORDER BY n',
    'CREATE VIEW v AS SELECT id FROM job UNION ALL SELECT id FROM team WHERE open',
    'CREATE VIEW v AS WITH open AS (SELECT id, owner FROM job WHERE status = \'NEW\') SELECT o.owner, t.title FROM open o LEFT JOIN team t ON t.id = o.id',
    'CREATE VIEW v AS SELECT (SELECT title FROM team WHERE id = job.team_id) AS team FROM job',
    'CREATE VIEW v AS SELECT id FROM job WHERE EXISTS (SELECT 1 FROM team WHERE team.id = team_id AND open)',
    'CREATE VIEW v AS SELECT id FROM job WHERE EXISTS (SELECT * FROM team)',
    'CREATE VIEW v AS SELECT * FROM job JOIN team USING (id)',
    'CREATE VIEW v AS SELECT * FROM job NATURAL JOIN team',
    'CREATE VIEW v AS SELECT x.a FROM (SELECT owner AS a, at FROM job) x',
    'CREATE VIEW v AS SELECT j.id, l.title FROM job j, LATERAL (SELECT title FROM team WHERE team.id = j.team_id LIMIT 1) l',
    "CREATE VIEW v AS SELECT g FROM generate_series(1, 3) g",
    "CREATE VIEW v AS SELECT job.id, part FROM job, unnest(string_to_array(job.owner, ',')) AS part",
    'CREATE VIEW v AS SELECT job FROM job',
    'CREATE VIEW v AS SELECT count(*) FROM job',
    'CREATE VIEW v AS SELECT row_number() OVER (PARTITION BY owner ORDER BY at) AS n, id FROM job',
    'CREATE VIEW v AS SELECT owner AS status FROM job ORDER BY status',
    'CREATE VIEW v AS SELECT a.id FROM job AS a (id, b) WHERE b = \'x\'',
    'CREATE VIEW v AS SELECT p.relname FROM pg_class p JOIN job ON job.owner = p.relname',
    'CREATE RECURSIVE VIEW v (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM v WHERE n < 10',
    'CREATE VIEW v AS WITH RECURSIVE tree AS (SELECT id, team_id FROM job WHERE team_id IS NULL UNION ALL SELECT j.id, j.team_id FROM job j JOIN tree ON tree.id = j.team_id) SELECT * FROM tree',
    'CREATE VIEW v AS VALUES (1, \'a\')',
    'CREATE VIEW v AS SELECT DISTINCT ON (owner) owner, at FROM job ORDER BY owner, at DESC',
    "CREATE VIEW v AS SELECT CASE WHEN mood = 'A' THEN owner ELSE status END, coalesce(owner, status), id::text, lower(owner) FROM job",
    'CREATE VIEW app_v AS SELECT * FROM (job JOIN team ON team.id = team_id) AS joined (a, b, c)',
    'CREATE MATERIALIZED VIEW m AS SELECT owner, at FROM job WITH NO DATA',
    'CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT owner FROM job; CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT id FROM job',
    'CREATE TEMP VIEW v AS SELECT id FROM job',
    'CREATE VIEW v AS SELECT * FROM job; ALTER TABLE job ADD COLUMN extra integer',
  ),
  ...on(
    views,
    'DROP VIEW open_job CASCADE',
    'DROP VIEW IF EXISTS nothing, open_count',
    'DROP MATERIALIZED VIEW job_moods',
    'ALTER VIEW open_job RENAME TO waiting_job',
    'ALTER TABLE open_job RENAME TO waiting_job',
    'ALTER MATERIALIZED VIEW job_moods RENAME TO moods',
    'CREATE SCHEMA app; ALTER VIEW open_job SET SCHEMA app',
    'CREATE SCHEMA app; ALTER MATERIALIZED VIEW job_moods SET SCHEMA app',
    'ALTER VIEW open_job SET (security_barrier = true)',
    "ALTER VIEW open_job ALTER COLUMN status SET DEFAULT 'NEW'",
    "CREATE OR REPLACE VIEW open_job AS SELECT id, status, mood, owner FROM job WHERE status = 'NEW'",
    "COMMENT ON VIEW open_count IS 'How many'; COMMENT ON COLUMN open_count.n IS 'so many'; COMMENT ON MATERIALIZED VIEW job_moods IS 'm'",
    "COMMENT ON VIEW open_job IS NULL",
    'CREATE INDEX ON job_moods (n); DROP INDEX ix_job_moods',
    'ALTER INDEX ix_job_moods RENAME TO other',
    'REFRESH MATERIALIZED VIEW job_moods',
    'ALTER TABLE job RENAME COLUMN status TO state',
    'ALTER TABLE job RENAME TO task',
    "ALTER TYPE mood RENAME VALUE 'A' TO 'Z'",
    'CREATE TRIGGER instead INSTEAD OF UPDATE ON open_count FOR EACH ROW EXECUTE FUNCTION touch()',
    'CREATE RULE quiet AS ON INSERT TO open_count DO INSTEAD NOTHING',
    'DROP TABLE job CASCADE',
    'ALTER TABLE job DROP COLUMN mood CASCADE',
    'DROP TYPE mood CASCADE',
    { sql: 'ALTER VIEW open_count RENAME COLUMN n TO total' },
  ),
  // Policies, triggers, rules
  ...on(
    dependents,
    'DROP POLICY mine ON job',
    'DROP POLICY IF EXISTS nothing ON job',
    'ALTER POLICY mine ON job RENAME TO "Ours"',
    'ALTER POLICY mine ON job TO CURRENT_USER',
    'ALTER POLICY mine ON job USING (mood IS NOT NULL)',
    "ALTER POLICY mine ON job WITH CHECK (at > now() AND owner <> '')",
    "CREATE POLICY theirs ON job AS RESTRICTIVE FOR SELECT USING (EXISTS (SELECT 1 FROM team WHERE team.id = team_id AND title = owner))",
    "COMMENT ON POLICY mine ON job IS 'Own rows'; COMMENT ON TRIGGER touch ON job IS 't'; COMMENT ON RULE quiet ON job IS 'r'",
    'ALTER TABLE job DISABLE ROW LEVEL SECURITY',
    'ALTER TABLE job FORCE ROW LEVEL SECURITY',
    'DROP TRIGGER touch ON job',
    'DROP TRIGGER IF EXISTS nothing ON job',
    'ALTER TRIGGER touch ON job RENAME TO "Touch it"',
    'ALTER TABLE job DISABLE TRIGGER touch',
    'ALTER TABLE job ENABLE ALWAYS TRIGGER touch, ENABLE REPLICA RULE quiet',
    'ALTER TABLE job DISABLE TRIGGER ALL; ALTER TABLE job ENABLE TRIGGER ALL',
    'ALTER TABLE job DISABLE TRIGGER USER',
    'CREATE OR REPLACE TRIGGER touch AFTER INSERT ON job FOR EACH ROW EXECUTE FUNCTION touch()',
    'CREATE CONSTRAINT TRIGGER later AFTER UPDATE ON job DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch()',
    'DROP RULE quiet ON job',
    'ALTER RULE quiet ON job RENAME TO silent',
    "CREATE RULE copy AS ON INSERT TO job DO ALSO INSERT INTO team (title) VALUES (new.owner)",
    'CREATE OR REPLACE RULE quiet AS ON DELETE TO job DO INSTEAD UPDATE team SET open = false WHERE team.id = old.team_id',
    'ALTER TABLE job RENAME COLUMN owner TO keeper',
    'ALTER TABLE job RENAME TO task',
    'ALTER TABLE job DROP COLUMN owner CASCADE',
    'DROP TABLE team CASCADE',
  ),
  // Sequences, identities, generated columns
  ...on(
    shop,
    'CREATE SEQUENCE s',
    'CREATE SEQUENCE IF NOT EXISTS s AS integer START 10 INCREMENT -2 MINVALUE -100 MAXVALUE 10 CACHE 5 CYCLE',
    'CREATE SEQUENCE s OWNED BY team.open',
    'CREATE TEMP SEQUENCE s',
    'CREATE SEQUENCE s; ALTER SEQUENCE s AS smallint MAXVALUE 100 INCREMENT 3; ALTER SEQUENCE s NO MAXVALUE',
    'CREATE SEQUENCE s; ALTER SEQUENCE s OWNED BY team.id; ALTER SEQUENCE s OWNED BY NONE',
    'CREATE SEQUENCE s; ALTER SEQUENCE s RESTART WITH 5; SELECT setval(\'s\', 10)',
    'CREATE SEQUENCE s; ALTER SEQUENCE s RENAME TO t',
    'CREATE SEQUENCE s; ALTER TABLE s RENAME TO t',
    "CREATE SEQUENCE s; ALTER TABLE team ALTER id SET DEFAULT nextval('s'::regclass); ALTER SEQUENCE s RENAME TO t",
    "CREATE SEQUENCE s; ALTER TABLE team ALTER open DROP DEFAULT, ALTER open TYPE integer USING 1, ALTER open SET DEFAULT nextval('s'::regclass); DROP SEQUENCE s CASCADE",
    'CREATE SEQUENCE s; CREATE SCHEMA app; ALTER SEQUENCE s SET SCHEMA app',
    'CREATE SEQUENCE s; DROP SEQUENCE IF EXISTS s, nothing',
    'CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b bigint GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT 10))',
    'CREATE TABLE t (a integer NOT NULL); ALTER TABLE t ALTER a ADD GENERATED BY DEFAULT AS IDENTITY (START 3)',
    'CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY); ALTER TABLE t ALTER a SET GENERATED BY DEFAULT SET INCREMENT 5 RESTART WITH 7',
    'CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (START 5)); ALTER TABLE t ALTER a SET START 9',
    'CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY); ALTER TABLE t ALTER a RESTART',
    'CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY); ALTER TABLE t ALTER a DROP IDENTITY',
    'CREATE TABLE t (a integer DEFAULT 3); ALTER TABLE t ALTER a DROP IDENTITY IF EXISTS',
    'CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED); ALTER TABLE t ALTER b DROP EXPRESSION',
    { sql: 'CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED); ALTER TABLE t ALTER b SET EXPRESSION AS (a + 1)', from: 17 },
    { sql: 'CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL, c integer GENERATED ALWAYS AS (a))', from: 18 },
  ),
  // Tables from others
  ...on(
    `${shop} CREATE TABLE base (a integer PRIMARY KEY, b text DEFAULT 'x' NOT NULL, c integer GENERATED ALWAYS AS (a * 2) STORED, d serial, CONSTRAINT pos CHECK (a > 0), UNIQUE (b)); CREATE INDEX base_part ON base (lower(b)) WHERE a > 1; COMMENT ON COLUMN base.a IS 'key'; COMMENT ON INDEX base_part IS 'i';`,
    'CREATE TABLE t (LIKE base)',
    'CREATE TABLE t (LIKE base INCLUDING ALL)',
    'CREATE TABLE t (x integer, LIKE base INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES, y integer)',
    'CREATE TABLE t (LIKE base INCLUDING ALL EXCLUDING INDEXES EXCLUDING COMMENTS)',
    { sql: 'CREATE TABLE t (x integer) INHERITS (base)', maybe: true },
    { sql: 'CREATE TYPE pair AS (a integer, b text); CREATE TABLE t OF pair', maybe: true },
    'CREATE TABLE t AS SELECT a, b, c + 1 AS more, d::bigint FROM base',
    'CREATE TABLE t (one, two) AS SELECT * FROM team WITH NO DATA',
    'CREATE TABLE IF NOT EXISTS team AS SELECT 1 AS x',
    'SELECT a, b INTO t FROM base',
    'CREATE TEMP TABLE t AS SELECT 1',
    'SELECT a INTO TEMP t FROM base',
    "CREATE TABLE t AS SELECT j.id, title FROM job j JOIN team ON team.id = team_id",
  ),
  // Partitions
  ...on(
    partitioned,
    "ALTER TABLE event ATTACH PARTITION event_new FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')",
    'ALTER TABLE event DETACH PARTITION event_old',
    { sql: 'ALTER TABLE event DETACH PARTITION event_old CONCURRENTLY', maybe: true },
    "CREATE TABLE event_more PARTITION OF event DEFAULT",
    "CREATE TABLE event_more PARTITION OF event (kind DEFAULT 'y' NOT NULL) FOR VALUES FROM ('2022-01-01') TO ('2023-01-01') PARTITION BY LIST (id); CREATE TABLE event_y PARTITION OF event_more FOR VALUES IN (1)",
    'ALTER TABLE event ADD COLUMN note text',
    'ALTER TABLE event DROP COLUMN kind',
    'ALTER TABLE event ALTER kind SET NOT NULL, ALTER kind DROP DEFAULT, ALTER kind TYPE varchar(20)',
    'ALTER TABLE event RENAME COLUMN kind TO sort',
    'CREATE INDEX ON event (customer_id, lower(kind))',
    'DROP INDEX ix_kind',
    'ALTER TABLE event ADD CONSTRAINT small CHECK (id < 1000)',
    'ALTER TABLE event ADD UNIQUE (kind, at)',
    'ALTER TABLE event DROP CONSTRAINT ck',
    'ALTER TABLE event DROP CONSTRAINT event_pkey',
    'ALTER TABLE event DROP CONSTRAINT event_customer_id_fkey',
    'ALTER TABLE event RENAME CONSTRAINT ck TO positive',
    'ALTER TABLE event RENAME TO happening',
    'DROP TABLE event',
    'DROP TABLE event_old',
    'CREATE INDEX ix_only ON ONLY event (customer_id)',
    "COMMENT ON COLUMN event.kind IS 'what'",
  ),
  // Namespaces
  ...on(
    `CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('A'); CREATE SEQUENCE app.s; CREATE TABLE app.job (id serial PRIMARY KEY, mood app.mood, n integer DEFAULT nextval('app.s'::regclass)); CREATE TABLE note (id integer, job_id integer REFERENCES app.job, mood app.mood); CREATE VIEW app.moods AS SELECT mood FROM app.job; CREATE VIEW jobs AS SELECT app.job.id FROM app.job;`,
    'ALTER SCHEMA app RENAME TO work',
    'DROP SCHEMA app CASCADE',
    'DROP SCHEMA IF EXISTS nothing CASCADE',
    'ALTER TABLE app.job SET SCHEMA public',
    'ALTER TYPE app.mood SET SCHEMA public',
    'CREATE SCHEMA IF NOT EXISTS other AUTHORIZATION CURRENT_USER',
    { sql: 'CREATE SCHEMA more CREATE TABLE t (a integer)', maybe: true },
    { sql: 'SET search_path = app; CREATE TABLE t (a integer)', maybe: true },
    "SET search_path = public, app; CREATE TABLE t (a integer)",
    "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.t (a integer)",
    { sql: "SELECT set_config('search_path', 'app', false); CREATE TABLE t (a integer)", maybe: true },
  ),
  // Types
  ...on(
    shop,
    "CREATE DOMAIN positive AS integer CHECK (VALUE > 0); ALTER TABLE job ADD n positive; ALTER DOMAIN positive DROP CONSTRAINT positive_check; ALTER DOMAIN positive RENAME TO above_zero",
    'CREATE DOMAIN positive AS integer; ALTER TABLE job ADD n positive; DROP DOMAIN positive CASCADE',
    "CREATE TYPE pair AS (a integer, b text); ALTER TYPE pair ADD ATTRIBUTE c integer, DROP ATTRIBUTE a, ALTER ATTRIBUTE b TYPE varchar; ALTER TYPE pair RENAME ATTRIBUTE b TO z; ALTER TABLE job ADD p pair",
    'CREATE TYPE span AS RANGE (subtype = date); ALTER TABLE job ADD s span',
    "ALTER TYPE mood ADD VALUE 'C' BEFORE 'B'; ALTER TYPE mood ADD VALUE IF NOT EXISTS 'C'; COMMENT ON TYPE mood IS 'how'",
    'ALTER TYPE mood RENAME TO feeling',
    'ALTER TYPE mood OWNER TO CURRENT_USER',
    'DROP TYPE IF EXISTS nothing',
    'CREATE TYPE shell',
    'CREATE COLLATION plain FROM "C"; CREATE AGGREGATE total (integer) (sfunc = int4pl, stype = integer); CREATE CAST (mood AS integer) WITH INOUT',
  ),
  // Tables, constraints, indexes
  ...on(
    shop,
    'ALTER TABLE job ADD CONSTRAINT k UNIQUE NULLS NOT DISTINCT (owner)',
    'CREATE UNIQUE INDEX u ON job (owner) NULLS NOT DISTINCT',
    'CREATE INDEX ON job (owner, lower(status)); CREATE INDEX ON job (owner, lower(status)); CREATE INDEX ON job ((owner || status)) INCLUDE (at)',
    'CREATE INDEX CONCURRENTLY ix ON job USING hash (owner)',
    'CREATE INDEX IF NOT EXISTS ix_job_status ON job (owner)',
    "CREATE INDEX i ON job USING brin (at) WITH (pages_per_range = 32) WHERE status <> 'x'; ALTER INDEX i SET (pages_per_range = 64, autosummarize = on); ALTER INDEX i RESET (autosummarize)",
    "COMMENT ON INDEX ix_job_status IS 'fast'",
    'ALTER INDEX ix_job_status RENAME TO quick; ALTER INDEX job_pkey RENAME TO pk_job',
    'ALTER TABLE ix_job_status RENAME TO quick',
    'ALTER TABLE job ADD CONSTRAINT e EXCLUDE USING btree (owner WITH =) WHERE (status = \'NEW\') DEFERRABLE',
    'ALTER TABLE job ALTER CONSTRAINT job_team_id_fkey DEFERRABLE INITIALLY DEFERRED',
    { given: 'ALTER TABLE job ADD double bigint GENERATED ALWAYS AS (id * 2) STORED, ADD other bigint GENERATED ALWAYS AS (team_id * 2) STORED; CREATE INDEX ix_double ON job (double);', sql: 'ALTER TABLE job DROP COLUMN id', until: 14 },
    { given: 'CREATE TABLE line (price integer, tax integer, total integer GENERATED ALWAYS AS (price + tax) STORED CHECK (total > 0)) PARTITION BY LIST (price); CREATE TABLE line_1 PARTITION OF line FOR VALUES IN (1);', sql: 'ALTER TABLE line DROP COLUMN tax', until: 14 },
    'ALTER TABLE job ADD CHECK (id > 0) NO INHERIT, ADD CONSTRAINT c CHECK (owner <> \'\') NOT VALID; ALTER TABLE job VALIDATE CONSTRAINT c',
    "ALTER TABLE job RENAME CONSTRAINT job_team_id_fkey TO fk; COMMENT ON CONSTRAINT fk ON job IS 'c'",
    'ALTER TABLE team DROP CONSTRAINT team_pkey CASCADE',
    'ALTER TABLE job DROP CONSTRAINT IF EXISTS nothing',
    'ALTER TABLE job ADD CONSTRAINT self FOREIGN KEY (id) REFERENCES job MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE NOT VALID',
    'CREATE TABLE tree (id integer PRIMARY KEY, up integer REFERENCES tree)',
    'ALTER TABLE job ADD COLUMN IF NOT EXISTS owner text, ADD extra numeric(10,2) NOT NULL DEFAULT 0.10 CHECK (extra >= 0)',
    'ALTER TABLE job ALTER status TYPE varchar(20), ALTER owner SET DEFAULT upper(\'x\'), ALTER at DROP DEFAULT, ALTER owner SET NOT NULL',
    'ALTER TABLE job ALTER owner SET STORAGE EXTERNAL, ALTER owner SET STATISTICS 10, SET (fillfactor = 70), CLUSTER ON ix_job_status, REPLICA IDENTITY FULL, SET LOGGED',
    'ALTER TABLE job OWNER TO CURRENT_USER',
    'CREATE UNLOGGED TABLE t (a integer); CREATE TEMP TABLE x (a integer); ALTER TABLE x ADD b integer; DROP TABLE x',
    'DROP TABLE IF EXISTS nothing, job',
    'DROP TABLE team CASCADE',
    'DROP INDEX ix_job_status',
    { sql: 'ALTER TABLE job ADD CONSTRAINT filled NOT NULL owner', from: 18 },
    { sql: 'CREATE TABLE t (a integer, b integer, CONSTRAINT filled NOT NULL a)', from: 18 },
    { sql: 'ALTER TABLE job DROP CONSTRAINT job_status_not_null', from: 18 },
    { sql: 'CREATE TABLE t (a integer CONSTRAINT filled NOT NULL, b integer); ALTER TABLE t ADD CONSTRAINT whole NOT NULL b; ALTER TABLE t RENAME CONSTRAINT filled TO f; ALTER TABLE t DROP CONSTRAINT f', from: 18 },
    { sql: 'ALTER TABLE job ADD CONSTRAINT n CHECK (id > 5) NOT ENFORCED', from: 18 },
    { sql: 'CREATE TABLE t (a integer) INHERITS (team); ALTER TABLE team ADD later integer', maybe: true },
    { sql: 'CREATE TABLE t (id integer NOT NULL, title text NOT NULL, open boolean); ALTER TABLE t INHERIT team', maybe: true },
    "COMMENT ON TABLE job IS 'work'; COMMENT ON COLUMN job.owner IS 'who'; COMMENT ON FUNCTION touch() IS 'f'; COMMENT ON SCHEMA public IS 's'",
  ),
  // DO blocks
  ...on(
    shop,
    "DO $$ BEGIN CREATE TYPE mood AS ENUM ('X'); EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    "DO $$ BEGIN CREATE TYPE kind AS ENUM ('X'); EXCEPTION WHEN duplicate_object THEN RAISE NOTICE 'there'; END $$",
    "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'kind') THEN CREATE TYPE kind AS ENUM ('X'); END IF; END $$",
    "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'job' AND column_name = 'extra') THEN ALTER TABLE job ADD COLUMN extra integer; END IF; END $$",
    "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'job' AND column_name = 'owner') THEN ALTER TABLE job ADD COLUMN owner integer; END IF; END $$",
    "DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'job' AND column_name = 'owner') THEN ALTER TABLE job RENAME COLUMN owner TO keeper; END IF; END $$",
    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'ck') THEN ALTER TABLE job ADD CONSTRAINT ck CHECK (id > 0); END IF; IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'ck') THEN ALTER TABLE job ADD CONSTRAINT ck CHECK (id > 1); END IF; END $$",
    "DO $$ BEGIN IF to_regclass('public.other') IS NULL THEN CREATE TABLE other (a integer); END IF; END $$",
    "DO $$ BEGIN ALTER TABLE job ADD COLUMN a integer; DROP INDEX ix_job_status; UPDATE job SET owner = 'x'; END $$",
    "DO $$ BEGIN EXECUTE 'ALTER TABLE job ADD COLUMN a integer'; EXECUTE format('ALTER TABLE %I ADD COLUMN %I text DEFAULT %L', 'job', 'b', 'it''s'); END $$",
    "DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM job LOOP UPDATE job SET owner = 'x' WHERE id = r.id; END LOOP; END $$",
    { sql: "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE 'ALTER TABLE ' || r.tablename || ' ADD COLUMN z integer'; END LOOP; END $$", maybe: true },
    { sql: "DO $$ BEGIN IF (SELECT count(*) FROM job) > 5 THEN ALTER TABLE job ADD COLUMN a integer; END IF; END $$", maybe: true },
    { sql: "DO $$ BEGIN ALTER TABLE job ADD COLUMN a integer; ALTER TABLE job ADD COLUMN owner text; EXCEPTION WHEN duplicate_column THEN NULL; END $$", maybe: true },
    "DO $$ BEGIN CREATE TYPE k AS ENUM ('X'); ALTER TYPE mood RENAME TO k2; END $$",
  ),
  // What changes nothing that a schema holds
  ...on(
    shop,
    'CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$; ALTER FUNCTION f() STABLE; DROP FUNCTION f()',
    'CREATE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END',
    'CREATE PROCEDURE p() LANGUAGE sql AS $$ SELECT 1 $$',
    { sql: 'CREATE PROCEDURE p() LANGUAGE sql AS $$ SELECT 1 $$; CALL p()', maybe: true },
    'GRANT SELECT ON job TO PUBLIC; REVOKE ALL ON job FROM PUBLIC; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
    'CREATE EXTENSION IF NOT EXISTS plpgsql; COMMENT ON EXTENSION plpgsql IS \'x\'',
    'CREATE PUBLICATION pub FOR TABLE job; ALTER PUBLICATION pub ADD TABLE team; DROP PUBLICATION pub',
    'CREATE STATISTICS st ON status, owner FROM job; ALTER STATISTICS st SET STATISTICS 10; DROP STATISTICS st',
    'INSERT INTO team (title) VALUES (\'a\'); UPDATE team SET title = \'b\'; DELETE FROM team; TRUNCATE job, team CASCADE',
    'BEGIN; LOCK TABLE job; COMMIT; ANALYZE job; REINDEX TABLE job; SET lock_timeout = \'5s\'; RESET ALL; SHOW ALL; EXPLAIN SELECT 1; NOTIFY x; LISTEN x; UNLISTEN x; DISCARD PLANS; CHECKPOINT',
    'PREPARE q AS SELECT 1; DEALLOCATE q',
    { sql: 'PREPARE q AS SELECT 1; EXECUTE q', maybe: true },
    { sql: 'CREATE ROLE nobody_here; DROP OWNED BY nobody_here; DROP ROLE nobody_here', maybe: true },
    'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE ft (a integer) SERVER s; ALTER FOREIGN TABLE ft ADD b integer; DROP FOREIGN TABLE ft; DROP SERVER s CASCADE',
    'CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE EVENT TRIGGER et ON ddl_command_start EXECUTE FUNCTION ev(); ALTER EVENT TRIGGER et DISABLE; DROP EVENT TRIGGER et',
    'MERGE INTO team USING job ON team.id = job.team_id WHEN MATCHED THEN UPDATE SET title = job.owner',
    { sql: 'DROP FUNCTION touch() CASCADE', maybe: true },
  ),
];

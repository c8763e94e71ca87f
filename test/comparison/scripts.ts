/** Scripts with a known truth, for tools that read SQL: what is dangerous in each, and where. Written for this comparison. */

/**
 * `loss`: values or rows go; `fails`: PostgreSQL refuses it, or does as soon as there are rows; `lock`: a table in use waits; `code`: what
 * runs now breaks; `open`: everybody may read it.
 */
export type Danger = 'loss' | 'fails' | 'lock' | 'code' | 'open';

export interface ComparedScript {
  readonly name: string;
  readonly sql: string;
  /** Each danger with a text of the statement that has it; none: the script is harmless. */
  readonly dangers: readonly { readonly kind: Danger; readonly at: string; readonly what: string }[];
  /** What a real server answers on the schema below; absent: it runs. */
  readonly sqlstate?: string;
}

/** What stands before each of them, with rows. */
export const schemaBefore = `
CREATE TYPE mood AS ENUM ('calm', 'busy');
CREATE TABLE town (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE place (
    id bigserial PRIMARY KEY,
    name text NOT NULL,
    phone text,
    town_id bigint,
    town_name text DEFAULT 'Ghent',
    rating integer,
    code varchar(12),
    mood mood NOT NULL DEFAULT 'calm'
);
CREATE INDEX ix_place_name ON place (name);
CREATE TABLE visit (id bigint PRIMARY KEY, place_id bigint, seen_at timestamptz NOT NULL DEFAULT now(), note text);
CREATE VIEW rated_place AS SELECT id, name, rating FROM place WHERE rating IS NOT NULL;
CREATE TABLE event (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE event_2023 PARTITION OF event FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
INSERT INTO town VALUES (1, 'Ghent'), (2, 'Bruges');
INSERT INTO place (name, phone, town_id, rating, code, mood) VALUES ('Harbour', '030', 1, 4, 'H-1', 'busy'), ('Mill', NULL, 2, 3, 'M-22', 'calm'), ('Mill', '040', 2, NULL, 'M-23', 'calm');
INSERT INTO visit (id, place_id) VALUES (1, 1), (2, 2), (3, 99);
INSERT INTO event VALUES (1, '2023-05-01');
`;

const one = (name: string, sql: string, kind: Danger, what: string, sqlstate?: string): ComparedScript => ({ name, sql, dangers: [{ kind, at: sql.split(';').at(-2)?.trim().split('\n')[0] ?? sql, what }], ...(sqlstate === undefined ? {} : { sqlstate }) });
const harmless = (name: string, sql: string): ComparedScript => ({ name, sql, dangers: [] });

export const scripts: readonly ComparedScript[] = [
  // Data lost
  { name: 'a rename as drop and add', sql: 'ALTER TABLE place ADD COLUMN phone_number text;\nALTER TABLE place DROP COLUMN phone;', dangers: [{ kind: 'loss', at: 'DROP COLUMN phone', what: 'every phone number' }] },
  one('a column dropped', 'ALTER TABLE place DROP COLUMN phone;', 'loss', 'every phone number'),
  { name: 'a column dropped among other commands', sql: 'ALTER TABLE place\n    ADD COLUMN region text,\n    DROP COLUMN phone;', dangers: [{ kind: 'loss', at: 'DROP COLUMN', what: 'every phone number' }] },
  one('a table dropped', 'DROP TABLE visit;', 'loss', 'every visit'),
  { name: 'a table rename as drop and create', sql: 'CREATE TABLE stop (id bigint PRIMARY KEY, place_id bigint, seen_at timestamptz NOT NULL DEFAULT now(), note text);\nALTER TABLE stop ENABLE ROW LEVEL SECURITY;\nDROP TABLE visit;', dangers: [{ kind: 'loss', at: 'DROP TABLE visit', what: 'every visit' }] },
  one('a partition dropped', 'DROP TABLE event_2023;', 'loss', 'the events of 2023'),
  { name: 'a table emptied', sql: 'TRUNCATE visit;', dangers: [{ kind: 'loss', at: 'TRUNCATE', what: 'every visit' }] },
  { name: 'every row deleted', sql: 'DELETE FROM visit;', dangers: [{ kind: 'loss', at: 'DELETE', what: 'every visit' }] },
  // It fails
  one('text to integer without USING', 'ALTER TABLE place ALTER COLUMN code TYPE integer;', 'fails', 'no automatic cast', '42804'),
  one('a type shorter than its values', 'ALTER TABLE place ALTER COLUMN code TYPE varchar(3);', 'fails', 'values are longer', '22001'),
  one('a type changed under a view', 'ALTER TABLE place ALTER COLUMN rating TYPE bigint;', 'fails', 'a view holds the column', '0A000'),
  one('a column dropped under a view', 'ALTER TABLE place DROP COLUMN rating;', 'fails', 'a view reads the column', '2BP01'),
  one('NOT NULL without a default', 'ALTER TABLE place ADD COLUMN owner text NOT NULL;', 'fails', 'rows have no value', '23502'),
  one('an enum type that exists', "CREATE TYPE mood AS ENUM ('calm', 'busy');", 'fails', 'it exists', '42710'),
  { name: 'an enum type used before it is made', sql: "ALTER TABLE place ADD COLUMN state place_state;\nCREATE TYPE place_state AS ENUM ('open', 'shut');", dangers: [{ kind: 'fails', at: 'ADD COLUMN state', what: 'the type is not there yet' }], sqlstate: '42704' },
  { name: 'a label used where it is added', sql: "ALTER TYPE mood ADD VALUE 'loud';\nUPDATE place SET mood = 'loud' WHERE id = 1;", dangers: [{ kind: 'fails', at: 'UPDATE place', what: 'a label must be committed before its first use' }], sqlstate: '55P04' },
  one('a default outside of its enum', "ALTER TABLE place ALTER COLUMN mood SET DEFAULT 'quiet';", 'fails', 'no label of the type', '22P02'),
  one('a table that is not there', 'ALTER TABLE placce ADD COLUMN region text;', 'fails', 'a name mistyped', '42P01'),
  one('a column that is not there', 'ALTER TABLE place ALTER COLUMN ratng SET DEFAULT 0;', 'fails', 'a name mistyped', '42703'),
  one('a column that is there', 'ALTER TABLE place ADD COLUMN phone text;', 'fails', 'it exists', '42701'),
  one('a second primary key', 'ALTER TABLE place ADD PRIMARY KEY (code);', 'fails', 'the table has one', '42P16'),
  one('a key to what is not unique', 'ALTER TABLE visit ADD CONSTRAINT visit_code FOREIGN KEY (note) REFERENCES place (code);', 'fails', 'the target has no key', '42830'),
  { name: 'CONCURRENTLY behind another statement', sql: 'ALTER TABLE place ADD COLUMN region text;\nCREATE INDEX CONCURRENTLY ix_place_region ON place (region);', dangers: [{ kind: 'fails', at: 'CREATE INDEX', what: 'the file is one transaction' }], sqlstate: '25001' },
  one('serial to identity', 'ALTER TABLE place ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY;', 'fails', 'the column has a default', '55000'),
  one('a word mistyped', 'ALTER TABLE place ADD COLUM region text NOT;', 'fails', 'no SQL', '42601'),
  // Locks
  one('an index built', 'CREATE INDEX ix_visit_place ON visit (place_id);', 'lock', 'writers wait while it is built'),
  one('an index dropped', 'DROP INDEX ix_place_name;', 'lock', 'readers wait behind it'),
  { name: 'a foreign key validated at once', sql: 'DELETE FROM visit WHERE place_id = 99;\nALTER TABLE visit ADD CONSTRAINT visit_place FOREIGN KEY (place_id) REFERENCES place (id);', dangers: [{ kind: 'lock', at: 'ADD CONSTRAINT', what: 'both tables wait for a scan' }] },
  one('a CHECK validated at once', 'ALTER TABLE place ADD CONSTRAINT place_rating CHECK (rating BETWEEN 1 AND 5);', 'lock', 'all wait for a scan'),
  one('SET NOT NULL', 'ALTER TABLE visit ALTER COLUMN place_id SET NOT NULL;', 'lock', 'all wait for a scan'),
  one('a unique constraint', 'ALTER TABLE place ADD CONSTRAINT place_code UNIQUE (code);', 'lock', 'all wait while its index is built'),
  one('a type that rewrites', 'ALTER TABLE visit ALTER COLUMN place_id TYPE integer;', 'lock', 'every row is written anew'),
  one('a default of each row’s own', 'ALTER TABLE visit ADD COLUMN key uuid NOT NULL DEFAULT gen_random_uuid();', 'lock', 'every row is written anew'),
  one('a stored generated column', 'ALTER TABLE visit ADD COLUMN day integer GENERATED ALWAYS AS (place_id::integer % 7) STORED;', 'lock', 'every row is written anew'),
  { name: 'rows changed under a lock', sql: "ALTER TABLE place ADD COLUMN region text;\nUPDATE place SET region = 'north';", dangers: [{ kind: 'lock', at: 'UPDATE', what: 'readers wait until all rows are changed' }] },
  { name: 'NOT VALID and VALIDATE together', sql: 'ALTER TABLE place ADD CONSTRAINT place_rating CHECK (rating BETWEEN 1 AND 5) NOT VALID;\nALTER TABLE place VALIDATE CONSTRAINT place_rating;', dangers: [{ kind: 'lock', at: 'VALIDATE', what: 'the first lock is held through the scan' }] },
  // Running code, and an open door
  one('a column renamed', 'ALTER TABLE visit RENAME COLUMN note TO remark;', 'code', 'who reads it by the old name fails'),
  one('a table renamed', 'ALTER TABLE visit RENAME TO stop;', 'code', 'who reads it by the old name fails'),
  { name: 'a table that the API serves', sql: 'CREATE TABLE secret (id bigint PRIMARY KEY, word text);', dangers: [{ kind: 'open', at: 'CREATE TABLE', what: 'no row level security' }] },
  // Harmless
  harmless('a nullable column', 'ALTER TABLE place ADD COLUMN region text;'),
  harmless('a column with a constant default', 'ALTER TABLE place ADD COLUMN is_open boolean NOT NULL DEFAULT true;'),
  harmless('a new table with all that it needs', 'CREATE TABLE review (\n    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,\n    place_id bigint NOT NULL REFERENCES place (id),\n    stars integer NOT NULL CHECK (stars BETWEEN 1 AND 5)\n);\nCREATE INDEX ix_review_place ON review (place_id);\nALTER TABLE review ENABLE ROW LEVEL SECURITY;'),
  harmless('a longer varchar', 'ALTER TABLE place ALTER COLUMN code TYPE varchar(40);'),
  harmless('varchar to text', 'ALTER TABLE place ALTER COLUMN code TYPE text;'),
  harmless('an index CONCURRENTLY in a file of its own', 'CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_place_town ON place (town_id);'),
  harmless('a CHECK for new rows', 'ALTER TABLE place ADD CONSTRAINT place_rating CHECK (rating BETWEEN 1 AND 5) NOT VALID;'),
  harmless('a label added', "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'loud' AFTER 'busy';"),
  harmless('a view made anew', 'CREATE OR REPLACE VIEW rated_place AS SELECT id, name, rating FROM place WHERE rating > 0;'),
  harmless('a default changed', 'ALTER TABLE place ALTER COLUMN rating SET DEFAULT 3;'),
  harmless('what a name no longer has', 'DROP TABLE IF EXISTS old_place;\nALTER TABLE place DROP COLUMN IF EXISTS old_phone;'),
  harmless('a column of a new table dropped', 'CREATE TABLE scratch (id bigint PRIMARY KEY, word text);\nALTER TABLE scratch ENABLE ROW LEVEL SECURITY;\nALTER TABLE scratch DROP COLUMN word;\nDROP TABLE scratch;'),
  harmless('a column filled before NOT NULL', "CREATE TABLE label (id bigint PRIMARY KEY, word text);\nALTER TABLE label ENABLE ROW LEVEL SECURITY;\nINSERT INTO label VALUES (1, NULL);\nUPDATE label SET word = 'new' WHERE word IS NULL;\nALTER TABLE label ALTER COLUMN word SET NOT NULL;"),
  harmless('a comment and a grant', "COMMENT ON TABLE place IS 'Where people go';\nGRANT SELECT ON place TO PUBLIC;"),
  harmless('text to an enum, all in order', "CREATE TYPE town_kind AS ENUM ('Ghent', 'Bruges');\nCREATE TABLE stay (id bigint PRIMARY KEY, kind text DEFAULT 'Ghent');\nALTER TABLE stay ENABLE ROW LEVEL SECURITY;\nALTER TABLE stay ALTER COLUMN kind DROP DEFAULT;\nALTER TABLE stay ALTER COLUMN kind TYPE town_kind USING kind::town_kind;\nALTER TABLE stay ALTER COLUMN kind SET DEFAULT 'Ghent';"),
];

import { tokenize } from '../../sql/identifiers';

/**
 * Whether PostgreSQL computes a default anew for every row: `volatile`, so a column added with it rewrites the table. Of
 * functions that are not PostgreSQL's own this is not known: `unknown` has the first of them. A constant and what is the
 * same throughout a statement (`now()`) is computed once. Source: PostgreSQL documentation, ALTER TABLE, ADD COLUMN.
 */
export function volatilityOf(sql: string): 'settled' | 'volatile' | { readonly unknown: string } {
  const called = calledFunctions(sql);
  if (called.some((name) => volatileFunctions.has(name))) return 'volatile';
  const unknown = called.find((name) => !settledFunctions.has(name));
  return unknown === undefined ? 'settled' : { unknown };
}

/** Names in front of a parenthesis, `pg_catalog.` taken off; those of other schemas with it. */
function calledFunctions(sql: string): readonly string[] {
  const tokens = tokenize(sql).filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  const name = (index: number): string | null => {
    const token = tokens[index];
    if (token?.kind === 'word') return token.text.toLowerCase();
    return token?.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : null;
  };
  return tokens.flatMap((token, index) => {
    const called = token.text === '(' ? name(index - 1) : null;
    // `numeric(10, 2)` behind `::` is a type; AS numeric(10, 2) in a CAST is one, too.
    const before = tokens[index - 2]?.text.toLowerCase();
    if (called === null || words.has(called) || (before === ':' && tokens[index - 3]?.text === ':') || before === 'as') return [];
    const schema = before === '.' ? name(index - 3) : null;
    return [schema === null || schema === 'pg_catalog' ? called : `${schema}.${called}`];
  });
}

/** Words of SQL that a parenthesis may follow, and that call nothing. */
const words = new Set('and or not in is case when then else between like ilike similar array row values exists any all some distinct from as on collate using cast select where varying'.split(' '));

/** Of PostgreSQL itself, and of extensions that come with it. Source: pg_proc.provolatile; the test looks there. */
export const volatileFunctions = new Set(
  'nextval currval lastval setval random random_normal setseed clock_timestamp timeofday gen_random_uuid uuidv4 uuidv7 uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_random_bytes gen_salt pg_sleep'.split(
    ' ',
  ),
);

/** Of PostgreSQL itself: stable or immutable, and seen in defaults. */
export const settledFunctions = new Set(
  `now transaction_timestamp statement_timestamp current_date current_time current_timestamp localtime localtimestamp current_user session_user user current_role current_catalog current_schema current_database current_setting version
  timezone date_trunc date_part extract age to_char to_date to_timestamp to_number make_date make_interval make_time make_timestamp make_timestamptz date_bin justify_days justify_hours justify_interval isfinite
  coalesce nullif greatest least
  lower upper initcap trim btrim ltrim rtrim concat concat_ws length char_length octet_length substr substring left right replace repeat reverse lpad rpad md5 split_part translate position strpos format quote_literal quote_ident chr ascii encode decode convert_from convert_to regexp_replace starts_with sha256 sha512 to_hex string_to_array array_to_string
  abs ceil ceiling floor round trunc mod power sqrt sign exp ln log pi
  jsonb_build_object jsonb_build_array json_build_object json_build_array to_json to_jsonb row_to_json jsonb_set array_fill array_append array_cat cardinality array_length
  int4range int8range numrange tsrange tstzrange daterange inet_client_addr
  to_tsvector to_tsquery plainto_tsquery setweight
  bool text varchar int4 int8 numeric float8 date timestamptz bpchar uuid_nil txid_current pg_current_xact_id`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

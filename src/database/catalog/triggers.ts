import type { Trigger } from '../../engine/schema/schema';
import { quoteLiteral } from '../../engine/sql/identifiers';
import { columnsRead, partsOf } from './policies';
import type { OtherColumnRow } from './policies';
import { commentJoin } from './relations';

export interface TriggerRow {
  readonly relation: number;
  readonly name: string;
  readonly kind: 'trigger' | 'rule';
  readonly quoted_name: string;
  readonly quoted_table: string;
  readonly definition: string;
  /** `pg_trigger.tgenabled`, `pg_rewrite.ev_enabled`: O as usual, D disabled, R on replicas, A always. */
  readonly enabled: string;
  readonly columns: readonly string[];
  readonly reads: readonly OtherColumnRow[];
  readonly comment: string | null;
}

/** Triggers and rules of tables. Those that PostgreSQL makes for itself, and the copies on partitions, are left out. */
export function triggersQuery(namespaces: string): string {
  const table = `pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS quoted_table`;
  return `
SELECT t.tgrelid AS relation, t.tgname::text AS name, 'trigger' AS kind, pg_catalog.quote_ident(t.tgname) AS quoted_name, ${table},
  pg_catalog.pg_get_triggerdef(t.oid) AS definition, t.tgenabled AS enabled,
  ${columnsRead('pg_trigger', 't.oid', 't.tgrelid')}, d.description AS comment
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${commentJoin('pg_trigger', 't.oid')}
WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND c.relkind IN ('r', 'p') AND c.relnamespace = ANY (${namespaces})
UNION ALL
SELECT w.ev_class, w.rulename::text, 'rule', pg_catalog.quote_ident(w.rulename), ${table},
  pg_catalog.rtrim(pg_catalog.pg_get_ruledef(w.oid), ';'), w.ev_enabled,
  ${columnsRead('pg_rewrite', 'w.oid', 'w.ev_class')}, d.description
FROM pg_catalog.pg_rewrite w
JOIN pg_catalog.pg_class c ON c.oid = w.ev_class
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${commentJoin('pg_rewrite', 'w.oid')}
WHERE w.rulename <> '_RETURN' AND c.relkind IN ('r', 'p') AND c.relnamespace = ANY (${namespaces})`;
}

export function readTrigger(row: TriggerRow, namespace: (schema: string) => string | null): Trigger {
  const word = row.kind.toUpperCase();
  const state = states[row.enabled];
  const extras = [
    ...(row.comment === null ? [] : [`COMMENT ON ${word} ${row.quoted_name} ON ${row.quoted_table} IS ${quoteLiteral(row.comment)}`]),
    ...(state === undefined ? [] : [`ALTER TABLE ${row.quoted_table} ${state} ${word} ${row.quoted_name}`]),
  ];
  return { kind: row.kind, name: row.name, definition: row.definition, columns: row.columns, ...partsOf(extras, row.reads, namespace) };
}

const states: Readonly<Record<string, string>> = { D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };

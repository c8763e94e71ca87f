import { tableOfOperation } from '../operations/operation-table';
import { findTable } from '../schema/lookup';
import { displayName, sameName, type Table } from '../schema/schema';
import { message } from '../text/problem';
import type { Fix, Pass, Rule, Step } from './rule';
import { at } from './support/places';

/** `--autogenerate` drops what no model declares: partitions of a table, and tables of an extension. */
export const partitionDrop: Rule = {
  meta: { title: 'A partition of a table, or a table of an extension, is dropped.', severity: 'error' },
  *check(pass) {
    for (const step of pass.upgrade) {
      const { operation, before } = step;
      if (operation.kind !== 'drop_table') continue;
      const table = findTable(before, operation);
      if (table === undefined || (table.partitionOf === null && table.extension === null)) continue;
      // With its parent it goes anyhow.
      if (table.partitionOf !== null && isDroppedToo(pass, table.partitionOf)) continue;
      const taken = (what: string): string => (pass.form === 'sql' ? '' : ` Models do not declare ${what}.`);
      const args = { table: displayName(table), parent: table.partitionOf === null ? '' : displayName(table.partitionOf), extension: table.extension ?? '' };
      yield {
        message:
          table.partitionOf !== null
            ? message(`{table} is a partition of {parent}: dropping it loses its rows, and {parent} refuses new ones that belong there.${taken('partitions, so `--autogenerate` takes them for tables that are gone')} Leave this out.`, args)
            : message(`{table} belongs to the extension {extension}: PostgreSQL refuses to drop it alone (2BP01).${taken('it, so `--autogenerate` takes it for a table that is gone')} Leave this out.`, args),
        at: at(operation, 'table_name'),
        fixes: () => fix(pass, step, table),
        data: { table: args.table },
      };
    }
  },
};

function isDroppedToo(pass: Pass, parent: NonNullable<Table['partitionOf']>): boolean {
  return pass.upgrade.some(({ operation }) => operation.kind === 'drop_table' && sameName(operation, parent));
}

/** The drop, what the upgrade drops of the table before it, and what the downgrade makes again. */
function fix(pass: Pass, step: Step, table: Table): readonly Fix[] {
  const own = [...pass.upgrade.slice(0, pass.upgrade.indexOf(step) + 1), ...pass.downgrade].filter(({ operation }) => {
    const name = tableOfOperation(operation);
    return name !== null && sameName(name, table);
  });
  const edits = pass.editing.combine(own.map(({ operation }) => (operation.source?.editable === true ? pass.editing.replace(operation, []) : [])));
  return edits === null ? [] : [{ title: `Keep "${table.name}"`, edits, safety: 'safe' }];
}

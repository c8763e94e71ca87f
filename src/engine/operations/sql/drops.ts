import type { DropStmt } from 'libpg-query';
import { message } from '../../text/problem';
import type { OperationBody } from '../operation';
import { dropTypes } from './enums';
import { dropIndexes } from './indexes';
import { dropPolicies } from './policies';
import { dropSequences } from './sequences';
import { dropTables } from './tables';
import { dropTriggers } from './triggers';
import { cascade, ifExists, nodeName, type Source } from './tree';
import { dropViews } from './views';

/** DROP of anything. What a schema does not hold may be dropped unseen, unless CASCADE takes along what hangs on it. */
export function drop(source: Source, statement: DropStmt): readonly OperationBody[] {
  switch (statement.removeType) {
    case 'OBJECT_TABLE':
      return dropTables(statement);
    case 'OBJECT_INDEX':
      return dropIndexes(statement);
    // DROP TYPE drops domains, too.
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return dropTypes(statement);
    case 'OBJECT_POLICY':
      return dropPolicies(statement);
    case 'OBJECT_TRIGGER':
      return dropTriggers(statement, 'trigger');
    case 'OBJECT_RULE':
      return dropTriggers(statement, 'rule');
    case 'OBJECT_VIEW':
      return dropViews(statement, false);
    case 'OBJECT_MATVIEW':
      return dropViews(statement, true);
    case 'OBJECT_SEQUENCE':
      return dropSequences(statement);
    case 'OBJECT_SCHEMA':
      return (statement.objects ?? []).map((node) => ({ kind: 'drop_schema', name: nodeName(node).name, ...ifExists(statement.missing_ok), ...cascade(statement.behavior) }));
    default:
      if (statement.behavior === 'DROP_CASCADE' && !alone.has(statement.removeType ?? '')) return [{ kind: 'unknown', reason: message('What hangs on the dropped object goes with it, and is not known.'), tables: null }];
      return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
  }
}

/** Nothing of a schema hangs on these. */
const alone = new Set(['OBJECT_PUBLICATION', 'OBJECT_SUBSCRIPTION', 'OBJECT_EVENT_TRIGGER', 'OBJECT_STATISTIC_EXT', 'OBJECT_FOREIGN_SERVER', 'OBJECT_FDW', 'OBJECT_TRANSFORM', 'OBJECT_TSCONFIGURATION', 'OBJECT_TSDICTIONARY', 'OBJECT_TSPARSER', 'OBJECT_TSTEMPLATE']);

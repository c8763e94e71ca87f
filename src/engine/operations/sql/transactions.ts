import type { TransactionStmt } from 'libpg-query';
import type { OperationOf } from '../operation';

/** What BEGIN, COMMIT, SAVEPOINT and so on do to the transaction. */
export function transactionControl({ kind, chain, savepoint_name: name = '' }: TransactionStmt): Pick<OperationOf<'execute'>, 'control' | 'rollback' | 'savepoint'> {
  if (chain === true) return { control: 'chain', ...(kind === 'TRANS_STMT_ROLLBACK' ? { rollback: true } : {}) };
  switch (kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return { control: 'begin' };
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_PREPARE':
      return { control: 'commit' };
    case 'TRANS_STMT_ROLLBACK':
      return { control: 'rollback', rollback: true };
    case 'TRANS_STMT_SAVEPOINT':
      return { control: 'savepoint', savepoint: { does: 'set', name } };
    case 'TRANS_STMT_RELEASE':
      return { control: 'savepoint', savepoint: { does: 'release', name } };
    case 'TRANS_STMT_ROLLBACK_TO':
      return { control: 'savepoint', savepoint: { does: 'return', name } };
    default:
      return {};
  }
}

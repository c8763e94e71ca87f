import type { TransactionStmt } from 'libpg-query';
import type { TransactionControl } from '../operation';

/** What BEGIN, COMMIT, SAVEPOINT and so on do to the transaction. */
export function transactionControl({ kind, chain }: TransactionStmt): { readonly control?: TransactionControl } {
  if (chain === true) return { control: 'chain' };
  switch (kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return { control: 'begin' };
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_PREPARE':
      return { control: 'commit' };
    case 'TRANS_STMT_ROLLBACK':
      return { control: 'rollback' };
    case 'TRANS_STMT_SAVEPOINT':
    case 'TRANS_STMT_RELEASE':
    case 'TRANS_STMT_ROLLBACK_TO':
      return { control: 'savepoint' };
    default:
      return {};
  }
}

import { nameOf, calleeName } from '../../sqlalchemy/names';
import type { Value } from '../../python/values';

/**
 * Whether a value gives access to the database: `op`, `op.get_bind()`, `op.get_context()`, a connection, engine or session
 * made from one, the migration context. What is called with one may change anything.
 */
export function isHandle(value: Value): boolean {
  switch (value.kind) {
    case 'symbol':
      return value.name === 'alembic.op' || value.name === 'alembic.context';
    case 'attribute':
      return isHandle(value.object);
    case 'call': {
      // What a query fetched are rows: nothing can be done to the database with them.
      if (value.callee.kind === 'attribute' && fetching.has(value.callee.name)) return false;
      const name = calleeName(value);
      if (name === 'op.get_bind' || name === 'op.get_context' || name?.startsWith('alembic.context.') === true) return true;
      // Session(bind=op.get_bind()), sa.inspect(bind), bind.execution_options(…), sessionmaker(bind=bind)()
      return isHandle(value.callee) || value.args.some(isHandle) || [...value.keywords.values()].some(isHandle);
    }
    default:
      return false;
  }
}

/** An inspector, or what it answers: it only reads. */
export function isInspection(value: Value): boolean {
  if (value.kind === 'attribute') return isInspection(value.object);
  if (value.kind !== 'call') return false;
  const name = nameOf(value.callee);
  return name === 'sa.inspect' || name === 'sa.Inspector' || name === 'sa.from_engine' || isInspection(value.callee);
}

const fetching = new Set('all fetchall fetchone fetchmany first one one_or_none scalar scalar_one scalar_one_or_none mappings keys count rowcount'.split(' '));

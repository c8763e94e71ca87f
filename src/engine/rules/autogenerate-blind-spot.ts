import { message } from '../text/problem';
import type { Finding, Rule } from './rule';
import { blindSpots, type BlindSpot } from './support/blind-spots';

/** The models ask for what the database does not have, and no `alembic revision --autogenerate` will ever say so. */
export const autogenerateBlindSpot: Rule = {
  meta: { title: 'The models differ from the database in something that Alembic’s autogenerate does not compare.', severity: 'info' },
  check: () => [],
  *checkModels(pass) {
    for (const spot of blindSpots(pass)) yield finding(spot);
  },
};

function finding({ kind, on, now, wanted, at }: BlindSpot): Finding {
  const args = { kind, on, now: shortened(now), wanted: shortened(wanted) };
  const text = now === null ? 'The {kind} of {on} is not there: the models ask for {wanted}.' : wanted === null ? 'The models do not have the {kind} of {on} that is there: {now}.' : 'The {kind} of {on} is not as the models ask for it. It is {now}; they want {wanted}.';
  return {
    message: message(`${text} Alembic’s autogenerate does not compare this, so no revision of its own will bring it. Generate a migration for it.`, args),
    at,
    fixes: [],
    actions: [{ kind: 'generate', title: 'Generate it' }],
    data: { kind, on, now: now ?? '', wanted: wanted ?? '' },
  };
}

function shortened(sql: string | null): string {
  return sql === null ? '' : sql.length > 120 ? `${sql.slice(0, 119)}…` : sql;
}

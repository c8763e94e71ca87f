import { usersOf } from '../operations/rebuild-enum';
import { displayName, findEnum } from '../schema/schema';
import { message } from '../text/problem';
import type { Rule } from './rule';
import { dropInDowngrade, placeOfCreation } from './support/enum-types';

/** The upgrade makes a type, and after the downgrade it is still there: the next upgrade stumbles over it. */
export const enumNotDropped: Rule = {
  meta: { title: 'The upgrade creates an enum type that the downgrade leaves behind.', severity: 'warning', ofScripts: true },
  *check(pass) {
    const end = pass.downgrade.at(-1)?.after;
    // An empty downgrade leaves all of it.
    if (pass.downgradeRaises || end === undefined || end.unknown.some((part) => part.tables === null)) return;
    for (const { operation, before } of pass.upgrade) {
      if (operation.kind !== 'create_enum' || findEnum(before, operation.enum) !== undefined || findEnum(pass.before, operation.enum) !== undefined) continue;
      if (findEnum(pass.after, operation.enum) === undefined || findEnum(end, operation.enum) === undefined || usersOf(end, operation.enum).length > 0) continue;
      const args = { type: displayName(operation.enum) };
      const edits = dropInDowngrade(pass, operation.enum);
      yield {
        message: operation.checkFirst
          ? message('The upgrade creates the enum type {type}, and the downgrade leaves it: it stays behind without a use, with the labels that it has now. Drop it in the downgrade.', args)
          : message('The upgrade creates the enum type {type}, and the downgrade leaves it: the next upgrade fails, since it exists already (42710). Drop it in the downgrade.', args),
        at: placeOfCreation(pass.upgrade, operation),
        fixes: edits === null || edits.length === 0 ? [] : [{ title: `Drop the type "${operation.enum.name}" in downgrade`, edits, safety: 'safe' }],
        data: args,
      };
    }
  },
};

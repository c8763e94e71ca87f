import type { ColumnDef, Constraint } from 'libpg-query';
import { plainColumn } from '../../schema/plain';
import type { Column, Expression } from '../../schema/schema';
import { isWord } from '../../sql/split';
import { readConstraint, readIdentity, type ReadConstraint } from './constraints';
import { parenthesised, strings, textOf, tokenAt, type Source } from './tree';
import { readTypeName } from './types';

/** A column definition with the constraints that are written at it. */
export function readColumn(source: Source, definition: ColumnDef): { readonly column: Column; readonly constraints: readonly ReadConstraint[] } {
  const name = definition.colname ?? '';
  const { type, serial } = readTypeName(definition.typeName);
  const clauses = (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
  const constraints: ReadConstraint[] = [];
  let column: Column = { ...plainColumn, name, type, serial, nullable: !serial, collation: strings(definition.collClause?.collname).at(-1) ?? null };
  for (const clause of merged(clauses)) {
    switch (clause.contype) {
      case 'CONSTR_NOTNULL':
        column = { ...column, nullable: false, ...(clause.conname === undefined ? {} : { notNullName: clause.conname }) };
        break;
      case 'CONSTR_NULL':
        column = { ...column, nullable: true };
        break;
      case 'CONSTR_DEFAULT':
        column = { ...column, default: defaultOf(source, clause, definition, clauses) };
        break;
      case 'CONSTR_IDENTITY':
        column = { ...column, nullable: false, identity: readIdentity(clause) };
        break;
      case 'CONSTR_GENERATED': {
        const inner = parenthesised(source, tokenAt(source, clause.location))?.inner ?? [];
        column = { ...column, generated: { expression: { sql: textOf(source, inner) }, stored: clause.generated_kind !== 'v' } };
        break;
      }
      default: {
        const constraint = readConstraint(source, clause, [name]);
        if (constraint === null) break;
        constraints.push(constraint);
        if (constraint.kind === 'primary') column = { ...column, nullable: false };
      }
    }
  }
  return { column, constraints };
}

/** DEFERRABLE and INITIALLY DEFERRED stand as clauses of their own behind the constraint that they belong to. */
function merged(clauses: readonly Constraint[]): readonly Constraint[] {
  const result: Constraint[] = [];
  for (const clause of clauses) {
    const last = result.at(-1);
    if (clause.contype === 'CONSTR_ATTR_DEFERRABLE' && last !== undefined) result[result.length - 1] = { ...last, deferrable: true };
    else if (clause.contype === 'CONSTR_ATTR_DEFERRED' && last !== undefined) result[result.length - 1] = { ...last, deferrable: true, initdeferred: true };
    else if (clause.contype !== 'CONSTR_ATTR_NOT_DEFERRABLE' && clause.contype !== 'CONSTR_ATTR_IMMEDIATE') result.push(clause);
  }
  return result;
}

/** From behind DEFAULT to the next clause of the column, or to the column's end. */
function defaultOf(source: Source, clause: Constraint, definition: ColumnDef, clauses: readonly Constraint[]): Expression {
  const keyword = source.tokens.findIndex((token, index) => index >= tokenAt(source, clause.location) && isWord(token, 'default'));
  const level = source.tokens[keyword]?.depth ?? 0;
  const next = Math.min(
    ...[...clauses.map((other) => other.location), definition.collClause?.location]
      .filter((location) => location !== undefined && location > (clause.location ?? 0))
      .map((location) => tokenAt(source, location)),
    source.tokens.length,
  );
  const end = source.tokens.findIndex((token, index) => index > keyword && (index >= next || token.depth < level || (token.depth === level && token.text === ',')));
  return { sql: textOf(source, source.tokens.slice(keyword + 1, end === -1 ? next : end)) };
}

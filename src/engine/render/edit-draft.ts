import { lazy } from '../lazy';
import type { ArgumentValue, DraftEditing } from '../operations/draft-editing';
import { onlineForm } from '../operations/online';
import type { Operation } from '../operations/operation';
import type { Expression } from '../python/expression-syntax';
import type { Module } from '../python/syntax';
import type { TextEdit } from '../text/text';
import { runsInBatch, type Batch } from './batch';
import { functionNamed, lineStart, removal, spotsOf, type Spot } from './draft-blocks';
import { importEdit, impliedImports } from './draft-imports';
import { renderDefault } from './expressions';
import { renderOperation } from './operations';
import { prefersSingleQuotes, withSingleQuotes } from './quotes';
import { call, layout, pythonString } from './python-layout';
import { renderType, type LabelsOf, type Rendered } from './types';

/**
 * Edits of an existing draft: operations are replaced, inserted and removed where they stand, in the draft's own
 * indentation, line ends and quotes; everything else keeps every character. Imports that the new code needs are added,
 * `pass` goes and comes as bodies fill and empty.
 */
export function createDraftEditing(module: Module, labelsOf?: LabelsOf, spots: () => readonly Spot[] = lazy(() => spotsOf(module))): DraftEditing {
  const { text } = module;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const singleQuotes = lazy(() => prefersSingleQuotes(text));

  const spotOf = (operation: Operation): Spot | null => {
    const source = operation.source;
    if (source === undefined || !source.editable || source.path !== module.path) return null;
    // The outermost statement inside of the operation's lines is the operation itself.
    const spot = spots().find(({ statement: { range } }) => range.start >= source.statement.range.start && range.end <= source.statement.range.end);
    return spot?.alone === true ? spot : null;
  };

  const render = (operations: readonly Operation[], indentation: string, batch: Batch | null): { readonly lines: readonly string[]; readonly imports: readonly TextEdit[] } => {
    const rendered = operations.map((operation) =>
      renderOperation(operation, { indent: indentation.length, ...(labelsOf === undefined ? {} : { labelsOf }), ...(batch === null ? {} : { batch }) }),
    );
    const lines = rendered.flatMap((part) => part.lines).map((line) => (singleQuotes() ? withSingleQuotes(line) : line));
    const edit = importEdit(module, [...impliedImports(lines.join('\n')), ...rendered.flatMap((part) => part.imports)], lineBreak);
    return { lines, imports: edit === null ? [] : [edit] };
  };

  const insertAt = (offset: number, spot: Spot, operations: readonly Operation[]): readonly TextEdit[] => {
    const { lines, imports } = render(operations, spot.indentation, batchAround(spot));
    const added = lines.map((line) => spot.indentation + line + lineBreak).join('');
    const unfinished = offset === text.length && !/[\r\n]$/.test(text);
    return [...imports, { range: { start: offset, end: offset }, newText: unfinished ? lineBreak + added : added }];
  };

  const editing: DraftEditing = {
    replace(operation, replacements) {
      const spot = spotOf(operation);
      if (spot === null) return null;
      if (replacements.length === 0) return editing.combine([[removal(spot)]]);
      const batch = batchAround(spot);
      // A batch runs its operations when it ends, and SQL inside of it at once: rows would be touched too early.
      if (batch !== null && replacements.some((replacement) => replacement.kind === 'execute')) return null;
      const { lines, imports } = render(replacements, spot.indentation, batch);
      return [...imports, { range: spot.statement.range, newText: lines.join(lineBreak + spot.indentation) }];
    },
    insertBefore(operation, operations) {
      const spot = spotOf(operation);
      if (spot === null) return null;
      const outer = operations.every((inserted) => runsInBatch(inserted, batchAround(spot))) ? spot : outOfBatch(spot);
      return insertAt(outer.lines.start, outer, operations);
    },
    insertAfter(operation, operations) {
      const spot = spotOf(operation);
      if (spot === null) return null;
      const outer = operations.every((inserted) => runsInBatch(inserted, batchAround(spot))) ? spot : outOfBatch(spot);
      return insertAt(outer.lines.end, outer, operations);
    },
    outsideTransaction(statements) {
      const moved = statements.map(({ operation, ...how }) => {
        if (how.online !== true) return { spot: spotOf(operation), replacements: how.replacements, stays: [] };
        const stays = how.stays ?? [];
        // What a column brings stands in the column's call.
        return { spot: spotOf(stays.find(({ kind }) => kind === 'add_column') ?? operation), replacements: onlineForm(how.named ?? operation), stays };
      });
      const places = moved.flatMap(({ spot, ...how }) => (spot === null || batchAround(spot) !== null ? [] : [{ spot, ...how }])).sort((a, b) => a.spot.lines.start - b.spot.lines.start);
      if (places.length < moved.length) return null;
      // Several operations of one statement move with it.
      const alone = places.filter(({ spot }, index) => places[index - 1]?.spot !== spot);
      if (alone.length < places.length && places.some(({ replacements }) => replacements !== undefined)) return null;
      const edits = editing.combine(
        alone.map(({ spot, replacements, stays }, index) => {
          const previous = alone[index - 1]?.spot;
          const isNext = stays.length === 0 && previous !== undefined && previous.block === spot.block && spot.block.spots.indexOf(previous) + 1 === spot.block.spots.indexOf(spot);
          const opening = isNext ? '' : `${spot.indentation}${autocommitBlock}${lineBreak}`;
          if (replacements === undefined) return indented(spot, opening);
          const deeper = `${spot.indentation}    `;
          const [{ lines, imports }, kept] = [render(replacements, deeper, null), render(stays, spot.indentation, null)];
          return [...imports, ...kept.imports, { range: { start: spot.lines.start, end: spot.statement.range.end }, newText: kept.lines.map((line) => spot.indentation + line + lineBreak).join('') + opening + lines.map((line) => deeper + line).join(lineBreak) }];
        }),
      );
      return edits === null ? null : { edits, files: [] };
    },
    append(direction, operations) {
      const definition = functionNamed(module, direction);
      if (definition === null || operations.length === 0) return definition === null ? null : [];
      const body = definition.body.filter((statement) => statement.range.start !== definition.docstring?.range.start);
      const last = spots().find((spot) => spot.statement === definition.body.at(-1));
      if (last === undefined || last.statement.kind === 'raise' || last.statement.kind === 'return') return null;
      if (!last.alone) return body.every((statement) => statement.kind === 'pass') ? onNewLine(definition.range.start, last, operations) : null;
      const only = body[0];
      if (body.length !== 1 || only?.kind !== 'pass') return insertAt(last.lines.end, last, operations);
      const { lines, imports } = render(operations, last.indentation, null);
      return [...imports, { range: only.range, newText: lines.join(lineBreak + last.indentation) }];
    },
    replaceText: (range, newText) => [{ range, newText }],
    literal(value) {
      const written = layout(pythonString(value), 0, Infinity).join('');
      return singleQuotes() ? withSingleQuotes(written) : written;
    },
    replaceArgument(operation, argument, value) {
      const place = operation.source?.arguments[argument];
      if (place === undefined || place.path !== module.path) return null;
      const rendered = renderArgument(value, labelsOf ?? (() => undefined));
      if (rendered === null) return null;
      const written = layout(rendered.code, 0, Infinity).join('');
      const edit = importEdit(module, [...impliedImports(written), ...rendered.imports], lineBreak);
      return [...(edit === null ? [] : [edit]), { range: place.range, newText: singleQuotes() ? withSingleQuotes(written) : written }];
    },
    addImport(line) {
      const edit = importEdit(module, [line], lineBreak);
      return edit === null ? [] : [edit];
    },
    combine(parts) {
      if (parts.some((part) => part === null)) return null;
      const edits = withoutRepeats(parts.flatMap((part) => part ?? []));
      return noneOverlap(edits) ? settleEmptyBodies(spots(), edits, lineBreak) : null;
    },
  };

  /** The statement four columns further right; the inside of a string over several lines stays where it is. */
  const indented = (spot: Spot, opening: string): readonly TextEdit[] => {
    const { start } = spot.lines;
    const end = spot.statement.range.end;
    const written = text.slice(start, end);
    const starts = /"""|'''|\\\r?\n/.test(written) ? [0] : [...written.matchAll(/^(?=.)/gm)].map((match) => match.index);
    return starts.map((at, index) => ({ range: { start: start + at, end: start + at }, newText: `${index === 0 ? opening : ''}    ` }));
  };

  /** `def downgrade(): pass` gets a body of lines. */
  const onNewLine = (definitionStart: number, pass: Spot, operations: readonly Operation[]): readonly TextEdit[] => {
    const outer = /^\s*/.exec(text.slice(lineStart(text, definitionStart)))?.[0] ?? '';
    const indentation = `${outer}    `;
    const { lines, imports } = render(operations, indentation, null);
    let start = pass.statement.range.start;
    while (text[start - 1] === ' ') start--;
    return [...imports, { range: { start, end: pass.statement.range.end }, newText: lines.map((line) => lineBreak + indentation + line).join('') }];
  };

  return editing;
}

/** Source: Alembic, `MigrationContext.autocommit_block`. */
const autocommitBlock = 'with op.get_context().autocommit_block():';

function renderArgument(value: ArgumentValue, labelsOf: LabelsOf): Rendered | null {
  if ('type' in value) return renderType(value.type, labelsOf);
  if ('finalName' in value) return { code: call('op.f', [pythonString(value.finalName)]), imports: [] };
  const code = 'name' in value ? pythonString(value.name) : value.default === null ? 'None' : renderDefault(value.default);
  return { code, imports: [] };
}

/** The `with op.batch_alter_table("t") as batch_op:` around a statement, when its table is written out. */
function batchAround(spot: Spot): Batch | null {
  for (let owner = spot.block.owner; owner !== null; owner = owner.block.owner) {
    if (owner.statement.kind !== 'with') continue;
    for (const { context, target } of owner.statement.items) {
      if (context.kind !== 'call' || context.callee.kind !== 'attribute' || context.callee.name !== 'batch_alter_table' || target?.kind !== 'name') continue;
      const argument = (name: string): Expression | undefined => context.keywords.find((keyword) => keyword.name === name)?.value;
      const table = context.args[0] ?? argument('table_name');
      const schema = context.args[1] ?? argument('schema');
      if (table?.kind !== 'string') return null;
      return { variable: target.name, table: table.value, schema: schema?.kind === 'string' ? schema.value : null };
    }
  }
  return null;
}

/** A batch runs its operations when it ends: what is none of them stands before or behind its `with`. */
function outOfBatch(spot: Spot): Spot {
  let outer = spot;
  for (let owner = spot.block.owner; owner !== null; owner = owner.block.owner) if (owner.statement.kind === 'with' && batchAround(spot) !== null) outer = owner;
  return outer;
}

/** The same import asked for twice is added once; so is a removal. */
function withoutRepeats(edits: readonly TextEdit[]): readonly TextEdit[] {
  const seen = new Set<string>();
  const merged: TextEdit[] = [];
  const imports = new Map<number, Set<string>>();
  for (const edit of edits) {
    if (/^\s*(import|from) /.test(edit.newText) && edit.range.start === edit.range.end) {
      const lines = imports.get(edit.range.start) ?? new Set<string>();
      edit.newText.split(/(?<=\n)/).forEach((line) => lines.add(line));
      imports.set(edit.range.start, lines);
      continue;
    }
    const key = `${edit.range.start}:${edit.range.end}:${edit.newText}`;
    if (!seen.has(key)) merged.push(edit);
    seen.add(key);
  }
  return [...[...imports].map(([offset, lines]): TextEdit => ({ range: { start: offset, end: offset }, newText: [...lines].join('') })), ...merged];
}

function noneOverlap(edits: readonly TextEdit[]): boolean {
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return ordered.every((edit, index) => edit.range.start >= (ordered[index - 1]?.range.end ?? 0));
}

/** A function whose every statement is taken out gets a `pass`; a `with` or `if` that is left empty goes as a whole. */
function settleEmptyBodies(spots: readonly Spot[], edits: readonly TextEdit[], lineBreak: string): readonly TextEdit[] {
  const removed = new Set<Spot>();
  const takenOut = (spot: Spot): boolean =>
    removed.has(spot) || edits.some((edit) => sameRange(edit.range, removal(spot).range) && /^\s*(pass\s*)?$/.test(edit.newText));
  const filled = (spot: Spot): boolean => edits.some((edit) => edit.newText.trim() !== '' && edit.newText.trim() !== 'pass' && edit.range.start >= spot.lines.start && edit.range.end <= spot.lines.end);

  let result = edits;
  // Innermost bodies first: a `with` that goes may leave the function empty.
  for (const spot of [...spots].reverse()) {
    const { block } = spot;
    if (spot !== block.spots[0] || !block.spots.every((other) => takenOut(other) || other.statement.kind === 'pass') || !block.spots.some(takenOut)) continue;
    if (block.spots.some(filled)) continue;
    const { owner } = block;
    if (owner !== null && (owner.statement.kind === 'with' || owner.statement.kind === 'if') && owner.alone && onlyBody(owner, block.spots)) {
      removed.add(owner);
      result = [...result.filter((edit) => edit.range.start < owner.lines.start || edit.range.end > owner.lines.end), removal(owner)];
    } else if (!block.spots.some((other) => other.statement.kind === 'pass')) {
      const { range } = removal(spot);
      const filler = spot.comment === null ? `${spot.indentation}pass${lineBreak}` : 'pass  ';
      result = result.map((edit) => (sameRange(edit.range, range) ? { range, newText: filler } : edit));
    }
  }
  return result;
}

function onlyBody(owner: Spot, body: readonly Spot[]): boolean {
  const { statement } = owner;
  if (statement.kind === 'with') return true;
  return statement.kind === 'if' && statement.branches.length === 1 && statement.otherwise.length === 0 && statement.branches[0]?.body.length === body.length;
}

function sameRange(a: TextEdit['range'], b: TextEdit['range']): boolean {
  return a.start === b.start && a.end === b.end;
}

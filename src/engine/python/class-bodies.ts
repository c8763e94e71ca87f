import type { Place } from '../text/text';
import type { Reading } from './evaluate';
import { evaluateExpression, spread } from './expressions';
import { force, newScope, type Scope } from './scope';
import { executeBlock } from './statements';
import type { Expression } from './expression-syntax';
import type { ClassDefinition, Statement } from './syntax';
import type { ClassMember, ClassValue, Located, Value } from './values';

/** Walks a class statement and gives the class. Annotations are worked out when asked for, as they may name what comes later. */
export function executeClass(reading: Reading, definition: ClassDefinition, scope: Scope): ClassValue & Located {
  const at: Place = { path: scope.module.path, range: definition.nameRange };
  const members = new Map<string, ClassMember>();
  const body: Scope = { ...newScope('class', scope.module, scope), onAssign: (name, value) => record(members, name, value, body) };
  const places = new Map<string, Expression | Statement>();
  const keywords = new Map<string, Value>();
  for (const keyword of definition.keywords) keywords.set(keyword.name ?? '**', evaluateExpression(reading, keyword.value, scope));
  const type: ClassValue & Located = {
    kind: 'class',
    name: definition.name,
    module: scope.module.name,
    path: scope.module.path,
    bases: spread(definition.bases, (base) => evaluateExpression(reading, base, scope)),
    keywords,
    decorators: definition.decorators.map((decorator) => evaluateExpression(reading, decorator, scope)),
    members,
    docstring: definition.docstring?.value ?? null,
    at,
  };
  reading.closures.set(type, body);
  collectPlaces(definition.body, places);
  const run = reading.run;
  reading.run = null;
  executeBlock(reading, definition.body, body);
  reading.run = run;
  annotate(reading, definition.body, members, body, places);
  scope.module.classes.push(type);
  return type;
}

function record(members: Map<string, ClassMember>, name: string, value: Value | null, scope: Scope): void {
  const binding = scope.bindings.get(name);
  const known = value ?? (binding === undefined ? null : force(binding));
  members.set(name, { name, value: known, annotation: members.get(name)?.annotation ?? null, decorators: [], at: known?.at ?? { path: scope.module.path, range: { start: 0, end: 0 } } });
}

/** Where each member is named in the body; the last place wins, as the last value does. */
function collectPlaces(body: readonly Statement[], places: Map<string, Expression | Statement>): void {
  for (const statement of body) {
    if (statement.kind === 'assign') for (const target of statement.targets) if (target.kind === 'name') places.set(target.name, target);
    if (statement.kind === 'function' || statement.kind === 'class') places.set(statement.name, statement);
    if (statement.kind === 'if') [...statement.branches.map((branch) => branch.body), statement.otherwise].forEach((inner) => collectPlaces(inner, places));
    if (statement.kind === 'try') [statement.body, ...statement.handlers.map((handler) => handler.body)].forEach((inner) => collectPlaces(inner, places));
  }
}

/** Adds annotations, decorators and places; members that are only annotated (`x: Mapped[int]`) come in at their position. */
function annotate(reading: Reading, body: readonly Statement[], members: Map<string, ClassMember>, scope: Scope, places: ReadonlyMap<string, Expression | Statement>): void {
  const annotations = new Map<string, Expression>();
  const functions = new Map<string, Statement & { readonly kind: 'function' }>();
  const order: string[] = [];
  visit(body, annotations, functions, order);
  const names = [...new Set([...order, ...members.keys()])];
  const found = new Map(members);
  members.clear();
  for (const name of names) {
    const member = found.get(name);
    const annotation = annotations.get(name);
    if (member === undefined && annotation === undefined) continue;
    const definition = functions.get(name);
    const place = places.get(name);
    const range = place === undefined ? (member?.at.range ?? { start: 0, end: 0 }) : 'nameRange' in place ? place.nameRange : place.range;
    const isFunction = member?.value?.kind === 'function' && definition !== undefined;
    members.set(name, withAnnotation(reading, annotation, scope, {
      name,
      value: member?.value ?? null,
      decorators: isFunction ? definition.decorators.map((decorator) => evaluateExpression(reading, decorator, scope)) : [],
      at: { path: scope.module.path, range },
    }));
  }
}

function visit(body: readonly Statement[], annotations: Map<string, Expression>, functions: Map<string, Statement & { readonly kind: 'function' }>, order: string[]): void {
  for (const statement of body) {
    if (statement.kind === 'assign') {
      for (const target of statement.targets) {
        if (target.kind !== 'name') continue;
        order.push(target.name);
        if (statement.annotation !== null) annotations.set(target.name, statement.annotation);
      }
    } else if (statement.kind === 'function') {
      order.push(statement.name);
      functions.set(statement.name, statement);
    } else if (statement.kind === 'class') order.push(statement.name);
    else if (statement.kind === 'if') [...statement.branches.map((branch) => branch.body), statement.otherwise].forEach((inner) => visit(inner, annotations, functions, order));
  }
}

function withAnnotation(reading: Reading, annotation: Expression | undefined, scope: Scope, member: Omit<ClassMember, 'annotation'>): ClassMember {
  if (annotation === undefined) return { ...member, annotation: null };
  let known: Value | undefined;
  return {
    ...member,
    get annotation(): Value {
      if (known === undefined) {
        const run = reading.run;
        reading.run = null;
        known = evaluateExpression(reading, annotation, scope);
        reading.run = run;
      }
      return known;
    },
  };
}

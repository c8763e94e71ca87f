import type { ClassMember, ClassValue, Value } from './values';

/** A class of the workspace, or the name of one outside of it (`builtins.str`, `enum.Enum`, `sqlalchemy.orm.DeclarativeBase`). */
export type Ancestor = ClassValue | { readonly kind: 'external'; readonly name: string } | { readonly kind: 'unknown'; readonly value: Value };

/**
 * The method resolution order: the class, then its ancestors as Python linearises them (C3). Where the bases contradict
 * each other, or go in circles, which Python refuses, the order of a walk from left to right.
 */
export function mro(type: ClassValue): readonly Ancestor[] {
  const known = orders.get(type);
  if (known !== undefined) return known;
  const order = linearise(type, new Set()) ?? walk(type, new Set());
  orders.set(type, order);
  return order;
}

const orders = new WeakMap<ClassValue, readonly Ancestor[]>();

/** The bases as ancestors; `Generic[T]` counts as `Generic`, `Base[int]` as `Base`. */
export function basesOf(type: ClassValue): readonly Ancestor[] {
  return type.bases.map(ancestorOf);
}

function ancestorOf(base: Value): Ancestor {
  if (base.kind === 'class') return base;
  if (base.kind === 'symbol') return { kind: 'external', name: base.name };
  if (base.kind === 'subscript') return ancestorOf(base.object);
  return { kind: 'unknown', value: base };
}

function linearise(type: ClassValue, active: Set<ClassValue>): readonly Ancestor[] | null {
  if (active.has(type) || active.size > 50) return null;
  active.add(type);
  const bases = basesOf(type);
  const queues: Ancestor[][] = [];
  for (const base of bases) {
    const order = base.kind === 'class' ? linearise(base, active) : [base];
    if (order === null) return null;
    queues.push([...order]);
  }
  active.delete(type);
  queues.push([...bases]);
  const result: Ancestor[] = [type];
  for (;;) {
    const open = queues.filter((queue) => queue.length > 0);
    if (open.length === 0) return result;
    const next = open.map((queue) => queue[0]).find((head) => head !== undefined && !open.some((queue) => queue.slice(1).some((other) => same(other, head))));
    if (next === undefined) return null;
    result.push(next);
    for (const queue of open) if (queue[0] !== undefined && same(queue[0], next)) queue.shift();
  }
}

function walk(type: ClassValue, seen: Set<ClassValue>): readonly Ancestor[] {
  if (seen.has(type)) return [];
  seen.add(type);
  return [type, ...basesOf(type).flatMap((base) => (base.kind === 'class' ? walk(base, seen) : [base]))];
}

function same(a: Ancestor, b: Ancestor): boolean {
  if (a === b) return true;
  if (a.kind === 'external' && b.kind === 'external') return a.name === b.name;
  return a.kind === 'unknown' && b.kind === 'unknown' && a.value === b.value;
}

/** The member that `Class.name` leads to, and the class that has it; null: no class of the workspace has one. */
export function findMember(type: ClassValue, name: string): { readonly member: ClassMember; readonly owner: ClassValue } | null {
  for (const ancestor of mro(type)) {
    if (ancestor.kind !== 'class') continue;
    const member = ancestor.members.get(name);
    if (member !== undefined) return { member, owner: ancestor };
  }
  return null;
}

/** Whether an ancestor outside of the workspace satisfies the test. */
export function descendsFrom(type: ClassValue, test: (name: string) => boolean): boolean {
  return mro(type).some((ancestor) => ancestor.kind === 'external' && test(ancestor.name));
}

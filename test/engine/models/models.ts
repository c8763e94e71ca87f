import { readModels, type ModelReading } from '../../../src/engine/models/read-models';
import type { Column, Table } from '../../../src/engine/schema/schema';
import { typeSql } from '../../../src/engine/sql/types';
import { formatMessage } from '../../../src/engine/text/problem';

/** Reads files given by path, supplying what is wanted; the first is the entry unless `entries` says otherwise. */
export function models(sources: Readonly<Record<string, string>>, entries?: readonly string[], versions?: { readonly sqlmodel?: string }): ModelReading {
  const files = new Map<string, string | null>();
  for (;;) {
    const reading = readModels({ entries: entries ?? Object.keys(sources).slice(0, 1), files, roots: ['/w'], ...(versions === undefined ? {} : { versions }) });
    if (reading.wanted.every((path) => files.has(path))) return reading;
    for (const path of reading.wanted) files.set(path, sources[path] ?? null);
  }
}

const head = `import enum, uuid, datetime, decimal
from typing import *
import sqlalchemy as sa
from sqlalchemy import *
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, declared_attr, relationship
class Base(DeclarativeBase): pass
`;

/** One file with the usual imports and a `Base`. */
export function model(source: string): ModelReading {
  return models({ '/w/models.py': head + source });
}

export function table(reading: ModelReading, name: string): Table {
  const found = reading.value.tables.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no table ${name}: ${reading.value.tables.map((other) => other.name).join(', ')}; ${messages(reading).join('; ')}`);
  return found;
}

export function messages(reading: ModelReading): string[] {
  return reading.problems.map((problem) => `${problem.code}: ${formatMessage(problem.message)}`);
}

/** `name character varying(5) not null default 'x'` */
export function show(column: Column): string {
  const parts = [column.name, typeSql(column.type)];
  if (column.serial) parts.push('serial');
  if (column.identity !== null) parts.push(column.identity.always ? 'identity always' : 'identity');
  if (!column.nullable) parts.push('not null');
  if (column.default !== null) parts.push(`default ${column.default.sql}`);
  if (column.modelDefault !== null) parts.push(`model ${column.modelDefault.sql}`);
  return parts.join(' ');
}

export function columns(reading: ModelReading, name: string): string[] {
  return table(reading, name).columns.map(show);
}

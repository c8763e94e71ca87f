import { message } from '../text/problem';
import type { Rule } from './rule';

/** The script names something that nothing in it brings in: it dies with a NameError when Alembic runs it. */
export const missingImport: Rule = {
  meta: { title: 'The script names a module that it does not import.', severity: 'error', ofScripts: true },
  *check({ script, editing }) {
    for (const { name, dotted, range } of script.undefined) {
      const line = importFor(name, dotted);
      const edits = line === null ? [] : editing.addImport(line.text);
      const args = { name, line: line?.text ?? '' };
      yield {
        message:
          line === null
            ? message('{name} is not defined in this script: Alembic stops with a NameError. Import or define it.', args)
            : message('{name} is not imported in this script: Alembic stops with a NameError. Add {line}.', args),
        at: { path: script.path, range },
        fixes: line === null || edits.length === 0 ? [] : [{ title: `Add "${line.text}"`, edits, safety: line.isKnown ? 'safe' : 'review' }],
        data: { name },
      };
    }
  },
};

interface ImportLine {
  readonly text: string;
  /** False: the module is a guess from how it is written. */
  readonly isKnown: boolean;
}

function importFor(name: string, dotted: string): ImportLine | null {
  const known = lines[name];
  if (known !== undefined) return { text: known, isKnown: true };
  // `pgvector.sqlalchemy.Vector`: the module is a submodule, which its package does not bring along.
  if (dotted.startsWith('pgvector.sqlalchemy')) return { text: 'import pgvector.sqlalchemy', isKnown: true };
  if (dotted.startsWith('geoalchemy2.')) return { text: 'import geoalchemy2', isKnown: true };
  if (dotted.startsWith('sqlalchemy_utils.types.')) return { text: `import ${moduleOf(dotted)}`, isKnown: true };
  // Autogenerate writes a type of the project with its whole module: `app.db.types.Money()`.
  const module = moduleOf(dotted);
  return /^[a-z_]\w*$/.test(name) && module.includes('.') && /\.[A-Z]\w*/.test(dotted) ? { text: `import ${module}`, isKnown: false } : null;
}

/** `app.db.types.Money.create` → `app.db.types` */
function moduleOf(dotted: string): string {
  const parts = dotted.split('.');
  const first = parts.findIndex((part) => /^[A-Z]/.test(part));
  return parts.slice(0, Math.max(1, first < 0 ? parts.length - 1 : first)).join('.');
}

const lines: Readonly<Record<string, string>> = {
  op: 'from alembic import op',
  context: 'from alembic import context',
  sa: 'import sqlalchemy as sa',
  sqlalchemy: 'import sqlalchemy',
  postgresql: 'from sqlalchemy.dialects import postgresql',
  pg: 'from sqlalchemy.dialects import postgresql as pg',
  sqlmodel: 'import sqlmodel',
  sqlalchemy_utils: 'import sqlalchemy_utils',
  geoalchemy2: 'import geoalchemy2',
  fastapi_users_db_sqlalchemy: 'import fastapi_users_db_sqlalchemy',
  advanced_alchemy: 'import advanced_alchemy',
  datetime: 'import datetime',
  uuid: 'import uuid',
  json: 'import json',
  os: 'import os',
  enum: 'import enum',
  decimal: 'import decimal',
  logging: 'import logging',
  text: 'from sqlalchemy import text',
  func: 'from sqlalchemy import func',
  Text: 'from sqlalchemy import Text',
  inspect: 'from sqlalchemy import inspect',
  JSONB: 'from sqlalchemy.dialects.postgresql import JSONB',
  UUID: 'from sqlalchemy.dialects.postgresql import UUID',
  ARRAY: 'from sqlalchemy.dialects.postgresql import ARRAY',
  ENUM: 'from sqlalchemy.dialects.postgresql import ENUM',
  Sequence: 'from collections.abc import Sequence',
  Union: 'from typing import Union',
};

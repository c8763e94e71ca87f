/** Alembic projects of any number of revisions: what a team has after years, as one or as a branched history. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A revision of the history, oldest first. */
export interface SyntheticRevision {
  readonly id: string;
  /** Its file's name. */
  readonly name: string;
  readonly text: string;
}

/**
 * Writes a project whose revisions create a table every fourth time, and change those that are there otherwise: columns,
 * types, defaults, keys, indexes, enum types, rows. Every hundredth revision is a merge of two short branches.
 */
export function writeHistory(folder: string, revisions: readonly SyntheticRevision[]): void {
  const versions = path.join(folder, 'migrations', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(path.join(folder, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\npath_separator = os\n');
  writeFileSync(path.join(folder, 'migrations', 'env.py'), env);
  for (const { name, text } of revisions) writeFileSync(path.join(versions, name), text);
}

/** The scripts alone. */
export function syntheticHistory(count: number): readonly SyntheticRevision[] {
  const revisions: SyntheticRevision[] = [];
  for (let index = 0; index < count; index++) {
    const id = idOf(index);
    const [upgrade, downgrade] = bodies(index);
    const down = parentsOf(index);
    const written = down.length === 0 ? 'None' : down.length === 1 ? `'${down[0]}'` : `(${down.map((parent) => `'${parent}'`).join(', ')})`;
    revisions.push({ id, name: `${id}_step_${index}.py`, text: script(index, id, written, upgrade, downgrade) });
  }
  return revisions;
}

/** The draft that a person types on the head: `lines` of operations on tables that the history has made. */
export function syntheticDraft(count: number, lines: number): SyntheticRevision {
  const body: string[] = [];
  const tables = tablesBefore(count);
  for (let number = 0; body.length < lines - 60; number++) {
    const table = `item_${number % tables}`;
    if (number % 2 === 0) body.push(`op.add_column(`, `    '${table}',`, `    sa.Column('draft_${number}', sa.String(length=80), nullable=True),`, `)`);
    else body.push(`op.create_index(`, `    'ix_${table}_draft_${number}',`, `    '${table}',`, `    ['created_at', 'code'],`, `)`);
  }
  const id = 'd0000000draf';
  return { id, name: `${id}_draft.py`, text: script(count, id, `'${idOf(count - 1)}'`, body, ['pass']) };
}

function idOf(index: number): string {
  return (index * 2654435761 % 4294967296).toString(16).padStart(8, '0') + (index % 65536).toString(16).padStart(4, '0');
}

/** 97 and 98 of each hundred stand on 96, and 99 merges them. */
function parentsOf(index: number): readonly string[] {
  if (index === 0) return [];
  switch (index % 100) {
    case 98:
      return [idOf(index - 2)];
    case 99:
      return [idOf(index - 2), idOf(index - 1)];
    default:
      return [idOf(index - 1)];
  }
}

function tablesBefore(index: number): number {
  return Math.ceil(index / 4);
}

function bodies(index: number): readonly [readonly string[], readonly string[]] {
  const number = Math.floor(index / 4);
  const table = `item_${number}`;
  const older = `item_${Math.floor(number / 2)}`;
  switch (index % 4) {
    case 0:
      return [
        [
          ...(number % 5 === 0 ? [`op.execute("CREATE TYPE kind_${number} AS ENUM ('a', 'b', 'c')")`] : []),
          `op.create_table('${table}',`,
          `    sa.Column('id', sa.Integer(), nullable=False),`,
          `    sa.Column('code', sa.String(length=40), nullable=False),`,
          `    sa.Column('title', sa.String(length=200), server_default='untitled', nullable=False),`,
          `    sa.Column('state', sa.String(length=20), nullable=False),`,
          `    sa.Column('amount', sa.Numeric(precision=12, scale=2), server_default=sa.text('0'), nullable=False),`,
          `    sa.Column('is_active', sa.Boolean(), server_default=sa.text('true'), nullable=False),`,
          `    sa.Column('data', postgresql.JSONB(astext_type=sa.Text()), nullable=True),`,
          `    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),`,
          ...(number % 5 === 0 ? [`    sa.Column('kind', postgresql.ENUM('a', 'b', 'c', name='kind_${number}', create_type=False), server_default='a', nullable=False),`] : []),
          ...(number === 0 ? [] : [`    sa.Column('parent_id', sa.Integer(), nullable=True),`, `    sa.ForeignKeyConstraint(['parent_id'], ['${older}.id'], name=op.f('fk_${table}_parent_id'), ondelete='SET NULL'),`]),
          `    sa.CheckConstraint('amount >= 0', name=op.f('ck_${table}_amount')),`,
          `    sa.PrimaryKeyConstraint('id', name=op.f('pk_${table}')),`,
          `    sa.UniqueConstraint('code', name=op.f('uq_${table}_code'))`,
          `)`,
          `op.create_index(op.f('ix_${table}_state'), '${table}', ['state'], unique=False)`,
        ],
        [`op.drop_index(op.f('ix_${table}_state'), table_name='${table}')`, `op.drop_table('${table}')`, ...(number % 5 === 0 ? [`op.execute("DROP TYPE kind_${number}")`] : [])],
      ];
    case 1:
      return [
        [
          `op.add_column('${table}', sa.Column('note', sa.Text(), nullable=True))`,
          `op.add_column('${older}', sa.Column('weight_${number}', sa.Integer(), server_default='0', nullable=False))`,
          `op.create_index('ix_${table}_created', '${table}', ['created_at', sa.text('lower(code)')], postgresql_where=sa.text('is_active'))`,
        ],
        [`op.drop_index('ix_${table}_created', table_name='${table}')`, `op.drop_column('${older}', 'weight_${number}')`, `op.drop_column('${table}', 'note')`],
      ];
    case 2:
      return [
        [
          `with op.batch_alter_table('${table}') as batch_op:`,
          `    batch_op.alter_column('title', existing_type=sa.String(length=200), type_=sa.String(length=300), existing_nullable=False)`,
          `    batch_op.alter_column('state', existing_type=sa.String(length=20), server_default='new')`,
          `op.execute("UPDATE ${table} SET note = title WHERE note IS NULL")`,
          `op.alter_column('${table}', 'note', existing_type=sa.Text(), nullable=False)`,
        ],
        [`op.alter_column('${table}', 'note', existing_type=sa.Text(), nullable=True)`, `op.alter_column('${table}', 'title', existing_type=sa.String(length=300), type_=sa.String(length=200), existing_nullable=False)`],
      ];
    default:
      return [
        [
          `op.drop_index(op.f('ix_${table}_state'), table_name='${table}')`,
          `op.alter_column('${table}', 'state', new_column_name='status')`,
          `op.create_index(op.f('ix_${table}_status'), '${table}', ['status'], unique=False)`,
          ...(number === 0 ? [] : [`op.add_column('${table}', sa.Column('owner_id', sa.Integer(), nullable=True))`, `op.create_foreign_key(op.f('fk_${table}_owner_id'), '${table}', '${older}', ['owner_id'], ['id'])`]),
          ...(number > 0 && number % 3 === 0 ? [`op.drop_column('${older}', 'weight_${number}')`] : []),
          ...(number % 5 === 0 ? [`op.execute("ALTER TYPE kind_${number} ADD VALUE IF NOT EXISTS 'd'")`] : []),
        ],
        [`op.drop_index(op.f('ix_${table}_status'), table_name='${table}')`, `op.alter_column('${table}', 'status', new_column_name='state')`, `op.create_index(op.f('ix_${table}_state'), '${table}', ['state'], unique=False)`],
      ];
  }
}

function script(index: number, id: string, down: string, upgrade: readonly string[], downgrade: readonly string[]): string {
  const indented = (lines: readonly string[]): string => lines.map((line) => `    ${line}\n`).join('');
  return `"""step ${index}

Revision ID: ${id}
Revises: ${down}
Create Date: 2024-01-01 00:00:00.000000

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = '${id}'
down_revision: Union[str, Sequence[str], None] = ${down}
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    # ### commands auto generated by Alembic - please adjust! ###
${indented(upgrade)}    # ### end Alembic commands ###


def downgrade() -> None:
    """Downgrade schema."""
    # ### commands auto generated by Alembic - please adjust! ###
${indented(downgrade)}    # ### end Alembic commands ###
`;
}

const env = `from alembic import context

context.configure(url="postgresql://", literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
`;

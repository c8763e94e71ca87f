/** Alembic projects of any number of tables, before and after a change of their models. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes alembic.ini, env.py, the template and the models as they were when the database was made. */
export function writeProject(folder: string, tables: number): void {
  const files: Readonly<Record<string, string>> = {
    'alembic.ini': '[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\npath_separator = os\n',
    'migrations/env.py': env,
    'migrations/script.py.mako': template,
    'app/__init__.py': '',
    'app/base.py': base,
  };
  mkdirSync(path.join(folder, 'migrations', 'versions'), { recursive: true });
  mkdirSync(path.join(folder, 'app', 'models'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  writeModels(folder, tables, 'before');
}

/** What a person does between two migrations: one model gets a column, whose name says how often that was. */
export function changeModel(folder: string, times: number): void {
  const file = path.join(folder, 'app', 'models', 'part_0.py');
  const text = readFileSync(file, 'utf8').replace(/\n    changed_\d+: .*$/m, '');
  writeFileSync(file, text.replace(/\n    ratio: .*$/m, `$&\n    changed_${times}: Mapped[Optional[str]] = mapped_column(String(50))`));
}

/** Ten tables a file, and the module that imports them all. In the state `after`, every tenth table has a change that raises no question. */
export function writeModels(folder: string, tables: number, state: 'before' | 'after'): void {
  const numbers = Array.from({ length: tables }, (_, index) => index);
  const modules = Array.from({ length: Math.ceil(tables / 10) }, (_, index) => `part_${index}`);
  for (const [index, module] of modules.entries()) {
    const classes = numbers.slice(index * 10, index * 10 + 10).map((number) => model(number, state));
    writeFileSync(path.join(folder, 'app', 'models', `${module}.py`), `${imports}\n\n${classes.join('\n\n')}`);
  }
  writeFileSync(path.join(folder, 'app', 'models', '__init__.py'), modules.map((module) => `from app.models import ${module}\n`).join(''));
}

/** A table as projects have them: a key, a parent, an enum, money, JSON, times, indexes and checks. */
function model(number: number, state: 'before' | 'after'): string {
  const parent = number === 0 ? [] : [`    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("thing_${Math.floor(number / 2)}.id", ondelete="SET NULL"), index=True)`];
  const changed = state === 'after' && number % 10 === 0 ? [
    `    note: Mapped[Optional[str]] = mapped_column(Text)`,
    `    weight: Mapped[int] = mapped_column(Integer, server_default="0")`,
  ] : [];
  return [
    `class Thing${number}(Base):`,
    `    __tablename__ = "thing_${number}"`,
    `    __table_args__ = (`,
    `        CheckConstraint("amount >= 0", name="amount_not_negative"),`,
    `        Index("ix_thing_${number}_state_created", "state", "created_at"),`,
    `    )`,
    ``,
    `    id: Mapped[int] = mapped_column(primary_key=True)`,
    `    code: Mapped[str] = mapped_column(String(${state === 'after' && number % 10 === 5 ? 80 : 40}), unique=True)`,
    `    title: Mapped[str] = mapped_column(String(200), server_default="untitled")`,
    `    state: Mapped[str] = mapped_column(String(20), index=True)`,
    `    kind: Mapped[str] = mapped_column(Enum("a", "b", "c", name="kind_${number % 10}"), server_default="a")`,
    `    amount: Mapped[Decimal] = mapped_column(Numeric(12, 2), server_default="0")`,
    `    ratio: Mapped[Optional[float]]`,
    `    is_active: Mapped[bool] = mapped_column(server_default=true())`,
    `    data: Mapped[Optional[dict]] = mapped_column(JSONB)`,
    `    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())`,
    ...parent,
    ...changed,
    ``,
  ].join('\n');
}

const imports = `from datetime import datetime
from decimal import Decimal
from typing import Optional

from sqlalchemy import CheckConstraint, DateTime, Enum, ForeignKey, Index, Integer, Numeric, String, Text, func, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.base import Base
`;

const base = `from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
`;

const env = `import os

from alembic import context
from sqlalchemy import create_engine

import app.models
from app.base import Base

with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()
`;

const template = `"""\${message}

Revision ID: \${up_revision}
Revises: \${down_revision | comma,n}
Create Date: \${create_date}

"""
from alembic import op
import sqlalchemy as sa
\${imports if imports else ""}

revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}
branch_labels = \${repr(branch_labels)}
depends_on = \${repr(depends_on)}


def upgrade():
    \${upgrades if upgrades else "pass"}


def downgrade():
    \${downgrades if downgrades else "pass"}
`;

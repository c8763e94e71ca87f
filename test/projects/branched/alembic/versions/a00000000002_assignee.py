"""assignee

Revision ID: a00000000002
Revises: a00000000001
Create Date: 2025-02-11 10:00:00.000000

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'a00000000002'
down_revision: Union[str, Sequence[str], None] = 'a00000000001'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('ticket', sa.Column('assignee', sa.Text()))


def downgrade() -> None:
    op.drop_column('ticket', 'assignee')

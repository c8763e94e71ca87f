"""syntax error

Revision ID: b00000000002
Revises: b00000000001
Create Date: 2025-02-11 10:00:00.000000

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'b00000000002'
down_revision: Union[str, Sequence[str], None] = 'b00000000001'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('invoice', sa.Column('paid_on', sa.Date())


def downgrade() -> None:
    op.drop_column('invoice', 'paid_on')

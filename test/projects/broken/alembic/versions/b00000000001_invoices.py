"""invoices

Revision ID: b00000000001
Revises:
Create Date: 2025-01-06 10:00:00.000000

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'b00000000001'
down_revision: Union[str, Sequence[str], None] = None
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table('invoice', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('number', sa.Text(), nullable=False))


def downgrade() -> None:
    op.drop_table('invoice')

"""order lines

Revision ID: e00000000002
Revises: e00000000001
Create Date: 2025-02-11 09:30:00.000000+01:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'e00000000002'
down_revision: Union[str, Sequence[str], None] = 'e00000000001'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        'order_line',
        sa.Column('order_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('sku', sa.String(20), sa.ForeignKey('product.sku'), nullable=False),
        sa.Column('quantity', sa.Integer(), server_default='1', nullable=False),
        sa.PrimaryKeyConstraint('order_id', 'sku'),
    )


def downgrade() -> None:
    op.drop_table('order_line')

"""totals

Revision ID: d00000000012
Revises: d00000000011
Create Date: 2025-02-01 10:00:00.000000

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'd00000000012'
down_revision: Union[str, Sequence[str], None] = 'd00000000011'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('invoice', sa.Column('total', sa.Numeric(12, 2), nullable=False))


def downgrade() -> None:
    op.drop_column('invoice', 'total')

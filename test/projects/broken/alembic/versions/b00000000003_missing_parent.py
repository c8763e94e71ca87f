"""missing parent

Revision ID: b00000000003
Revises: b0000000dead
Create Date: 2025-02-12 10:00:00.000000

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'b00000000003'
down_revision: Union[str, Sequence[str], None] = 'b0000000dead'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('invoice', sa.Column('currency', sa.String(3)))


def downgrade() -> None:
    op.drop_column('invoice', 'currency')

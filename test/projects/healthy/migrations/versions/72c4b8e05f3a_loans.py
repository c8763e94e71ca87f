"""loans

Revision ID: 72c4b8e05f3a
Revises: 1f6a0c2d9e11
Create Date: 2025-02-03 17:20:41.381022

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '72c4b8e05f3a'
down_revision: Union[str, Sequence[str], None] = '1f6a0c2d9e11'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table('loan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('book_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), server_default=sa.text('CURRENT_DATE'), nullable=False),
    sa.Column('state', sa.Enum('open', 'returned', 'lost', name='loan_state'), server_default='open', nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['book.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_loan_open', 'loan', ['book_id'], unique=True, postgresql_where=sa.text("state = 'open'"))


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index('ix_loan_open', table_name='loan', postgresql_where=sa.text("state = 'open'"))
    op.drop_table('loan')
    op.execute('DROP TYPE loan_state')

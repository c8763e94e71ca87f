"""languages and birthdays

Revision ID: c93d10a7b642
Revises: 72c4b8e05f3a
Create Date: 2025-04-28 08:11:09.240771

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'c93d10a7b642'
down_revision: Union[str, Sequence[str], None] = '72c4b8e05f3a'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column('author', sa.Column('born', sa.Date(), nullable=True))
    op.add_column('book', sa.Column('language', sa.String(length=2), server_default='en', nullable=False))
    op.create_index('ix_book_title_lower', 'book', [sa.text('lower(title)')], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index('ix_book_title_lower', table_name='book')
    op.drop_column('book', 'language')
    op.drop_column('author', 'born')

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column('place', sa.Column('code', sa.Text(), server_default='', nullable=False))
    op.create_index('ix_place_code', 'place', ['code'], unique=True)


def downgrade() -> None:
    op.drop_column('place', 'code')

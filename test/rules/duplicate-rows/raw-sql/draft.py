"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ADD code integer NOT NULL DEFAULT 0, ADD CONSTRAINT place_code_key UNIQUE (code)")


def downgrade() -> None:
    op.drop_column('place', 'code')

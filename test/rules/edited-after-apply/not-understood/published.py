"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    import helpers
    helpers.change(op, 1)


def downgrade() -> None:
    pass

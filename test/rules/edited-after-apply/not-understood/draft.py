"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    import helpers
    helpers.change(op, 2)


def downgrade() -> None:
    pass

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute(sa.text("UPDATE place SET kind = :kind").bindparams(kind="x"))


def downgrade() -> None:
    pass

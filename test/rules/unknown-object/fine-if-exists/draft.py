"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_index("ix_other", table_name="place", if_exists=True)
    op.drop_table("nothing", if_exists=True)


def downgrade() -> None:
    pass

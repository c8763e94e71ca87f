"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("status", postgresql.ENUM("NEW", "QUEUED", name="place_status", schema="shop", create_type=False)),
        schema="shop",
    )


def downgrade() -> None:
    op.drop_table("visit", schema="shop")

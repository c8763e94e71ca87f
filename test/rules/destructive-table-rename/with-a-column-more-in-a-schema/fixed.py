"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.rename_table("place", "venue", schema="shop")
    op.drop_index(op.f("ix_place_title"), table_name="venue", schema="shop")
    op.add_column(
        "venue", sa.Column("website", sa.Text(), nullable=True), schema="shop"
    )
    op.execute("ALTER TABLE shop.venue RENAME CONSTRAINT place_pkey TO venue_pkey")


def downgrade() -> None:
    op.execute("ALTER TABLE shop.venue RENAME CONSTRAINT venue_pkey TO place_pkey")
    op.drop_column("venue", "website", schema="shop")
    op.create_index(
        op.f("ix_place_title"), "venue", ["title"], unique=False, schema="shop"
    )
    op.rename_table("venue", "place", schema="shop")

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "place_phone_dropped",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        schema="shop",
    )
    op.execute(
        "INSERT INTO shop.place_phone_dropped (id, phone) SELECT id, phone FROM shop.place WHERE phone IS NOT NULL"
    )
    op.execute("ALTER TABLE shop.place DROP COLUMN phone")


def downgrade() -> None:
    op.add_column("place", sa.Column("phone", sa.Text(), nullable=True), schema="shop")
    op.execute(
        "UPDATE shop.place SET phone = kept.phone FROM shop.place_phone_dropped AS kept WHERE shop.place.id = kept.id"
    )
    op.drop_table("place_phone_dropped", schema="shop")

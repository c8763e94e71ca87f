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
    )
    op.execute(
        "INSERT INTO place_phone_dropped (id, phone) SELECT id, phone FROM place WHERE phone IS NOT NULL"
    )
    op.drop_column("place", "phone")


def downgrade() -> None:
    op.add_column("place", sa.Column("phone", sa.Text(), nullable=True))
    op.execute(
        "UPDATE place SET phone = kept.phone FROM place_phone_dropped AS kept WHERE place.id = kept.id"
    )
    op.drop_table("place_phone_dropped")

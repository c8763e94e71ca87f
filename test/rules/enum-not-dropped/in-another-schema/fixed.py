"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    sa.Enum("NEW", "QUEUED", name="place_status", schema="shop").create(op.get_bind(), checkfirst=True)
    op.add_column("place", sa.Column("status", sa.Enum("NEW", "QUEUED", name="place_status", schema="shop")), schema="shop")


def downgrade() -> None:
    op.drop_column("place", "status", schema="shop")
    sa.Enum(name="place_status", schema="shop").drop(op.get_bind(), checkfirst=True)

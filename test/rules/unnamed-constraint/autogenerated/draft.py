"""Places have a second city."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("other_id", sa.Integer(), nullable=True))
    op.create_foreign_key(None, "place", "city", ["other_id"], ["id"])
    op.create_unique_constraint(None, "place", ["name", "city_id"])


def downgrade() -> None:
    op.drop_constraint(None, "place", type_="unique")
    op.drop_constraint(None, "place", type_="foreignkey")  # the new one
    op.drop_column("place", "other_id")

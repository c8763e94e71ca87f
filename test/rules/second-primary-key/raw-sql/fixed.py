"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint(op.f("place_pkey"), "place", type_="primary")
    op.execute("ALTER TABLE place ADD PRIMARY KEY (code)")


def downgrade() -> None:
    op.drop_constraint("place_pkey", "place", type_="primary")
    op.create_primary_key(op.f("place_pkey"), "place", ["id"])

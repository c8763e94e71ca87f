"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("ALTER TABLE place ADD PRIMARY KEY (code)")


def downgrade() -> None:
    op.drop_constraint("place_pkey", "place", type_="primary")

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_check_constraint("place_rating_check", "place", "rating BETWEEN 1 AND 5", postgresql_not_valid=True)
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE place VALIDATE CONSTRAINT place_rating_check")


def downgrade() -> None:
    op.drop_constraint("place_rating_check", "place", type_="check")

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_constraint("place_name_check", "place", type_="check")
    op.alter_column("place", "name", type_=sa.String(200))
    op.create_check_constraint("place_name_check", "place", "length(name) < 80")


def downgrade() -> None:
    op.drop_constraint("place_name_check", "place", type_="check")
    op.alter_column("place", "name", type_=sa.Text())
    op.create_check_constraint("place_name_check", "place", "length(name) < 80")

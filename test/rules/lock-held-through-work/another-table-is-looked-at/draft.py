"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("customer", "id", new_column_name="number", existing_type=sa.Integer())
    op.create_check_constraint("floor_known", "place", "floor > 0")


def downgrade() -> None:
    op.drop_constraint("floor_known", "place", type_="check")
    op.alter_column("customer", "number", new_column_name="id", existing_type=sa.Integer())

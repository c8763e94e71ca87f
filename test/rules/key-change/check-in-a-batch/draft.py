"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.drop_constraint("place_name_check", type_="check")
        batch_op.create_check_constraint("place_name_check", "length(name) < 120")


def downgrade() -> None:
    with op.batch_alter_table("place") as batch_op:
        batch_op.drop_constraint("place_name_check", type_="check")
        batch_op.create_check_constraint("place_name_check", "length(name) < 80")

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    columns = [sa.Column(name, sa.Text()) for name in ("first", "second")]
    for column in columns:
        op.add_column("place", column)
    with op.batch_alter_table("place") as batch:
        batch.alter_column("floor", nullable=True)


def downgrade() -> None:
    for name in ("second", "first"):
        op.drop_column("place", name)

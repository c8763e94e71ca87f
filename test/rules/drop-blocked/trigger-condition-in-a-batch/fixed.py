"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP TRIGGER grown ON city")
    with op.batch_alter_table("city") as batch_op:
        batch_op.drop_column("size")


def downgrade() -> None:
    with op.batch_alter_table("city") as batch_op:
        batch_op.add_column(sa.Column("size", sa.Integer(), nullable=True))
    op.execute("UPDATE city SET size = 3")
    op.execute(
        "CREATE TRIGGER grown BEFORE UPDATE ON city FOR EACH ROW WHEN (NEW.size > OLD.size) EXECUTE FUNCTION keep()"
    )

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP POLICY owners ON city")
    op.drop_column("city", "owner")


def downgrade() -> None:
    op.add_column("city", sa.Column("owner", sa.Text(), nullable=True))
    op.execute("UPDATE city SET owner = 'ada'")
    op.execute("CREATE POLICY owners ON city USING (owner = CURRENT_USER)")

"""A draft."""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.add_column("place", sa.Column("state", postgresql.ENUM(name="place_status", create_type=False), server_default="in_review"))
    op.add_column("place", sa.Column("is_new", sa.Boolean(), server_default="0"))
    op.add_column("place", sa.Column("rating", sa.Numeric(4, 2), server_default="1e1"))
    op.add_column("place", sa.Column("data", postgresql.JSONB(), server_default="{}"))
    op.add_column("place", sa.Column("seen", sa.DateTime(), server_default="epoch"))


def downgrade() -> None:
    op.drop_column("place", "seen")
    op.drop_column("place", "data")
    op.drop_column("place", "rating")
    op.drop_column("place", "is_new")
    op.drop_column("place", "state")

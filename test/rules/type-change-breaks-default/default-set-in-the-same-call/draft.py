"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "is_open", existing_type=sa.Text(), type_=sa.Boolean(), postgresql_using="is_open::boolean", server_default=sa.true())


def downgrade() -> None:
    op.alter_column("place", "is_open", existing_type=sa.Boolean(), type_=sa.Text(), postgresql_using="CASE WHEN is_open THEN 'yes' ELSE 'no' END", server_default="yes")

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.alter_column("place", "name", type_=sa.String(length=10), postgresql_using="name::varchar(10)")


def downgrade() -> None:
    op.alter_column("place", "name", type_=sa.String(length=200))

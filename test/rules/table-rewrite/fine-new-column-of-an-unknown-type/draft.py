"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


class Money(sa.types.UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "money"


def upgrade() -> None:
    op.add_column("place", sa.Column("price", Money(), nullable=True))


def downgrade() -> None:
    op.drop_column("place", "price")

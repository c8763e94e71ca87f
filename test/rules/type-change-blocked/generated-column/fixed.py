"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_column("place", "doubled")
    op.alter_column("place", "price", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.add_column(
        "place",
        sa.Column(
            "doubled",
            sa.Integer(),
            sa.Computed("price * 2", persisted=True),
            nullable=True,
        ),
    )


def downgrade() -> None:
    op.drop_column("place", "doubled")
    op.alter_column("place", "price", type_=sa.Integer())
    op.add_column(
        "place",
        sa.Column(
            "doubled",
            sa.Integer(),
            sa.Computed("price * 2", persisted=True),
            nullable=True,
        ),
    )

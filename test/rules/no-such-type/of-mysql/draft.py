"""A draft."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", mysql.BIGINT(unsigned=True), nullable=False),
        sa.Column("stars", mysql.TINYINT(display_width=4), nullable=True),
        sa.Column("notes", mysql.LONGTEXT(), nullable=True),
        sa.Column("seen_at", mysql.DATETIME(fsp=6), nullable=True),
        sa.PrimaryKeyConstraint("id", name="visit_pkey"),
    )


def downgrade() -> None:
    op.drop_table("visit")

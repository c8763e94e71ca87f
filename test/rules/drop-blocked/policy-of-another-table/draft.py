"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.drop_table("member")


def downgrade() -> None:
    op.create_table("member", sa.Column("id", sa.Integer(), autoincrement=False, nullable=False), sa.Column("who", sa.Text()), sa.PrimaryKeyConstraint("id", name="member_pkey"))
    op.execute("INSERT INTO member VALUES (1, 'ada')")

"""A draft."""
from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None


def upgrade() -> None:
    op.execute("DROP POLICY members ON city")
    op.drop_table("member")


def downgrade() -> None:
    op.create_table("member", sa.Column("id", sa.Integer(), autoincrement=False, nullable=False), sa.Column("who", sa.Text()), sa.PrimaryKeyConstraint("id", name="member_pkey"))
    op.execute("INSERT INTO member VALUES (1, 'ada')")
    op.execute(
        "CREATE POLICY members ON city FOR SELECT USING (EXISTS (SELECT FROM member WHERE member.who = CURRENT_USER))"
    )

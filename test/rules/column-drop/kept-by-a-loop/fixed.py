"""A draft."""
import json

from alembic import op
import sqlalchemy as sa

revision = "draft"
down_revision = None

place = sa.table("place", sa.column("id"), sa.column("contact"), sa.column("phone"))


def upgrade() -> None:
    op.add_column("place", sa.Column("phone", sa.Text(), nullable=True))
    bind = op.get_bind()
    for row in bind.execute(sa.select(place.c.id, place.c.contact)).all():
        bind.execute(place.update().where(place.c.id == row.id).values(phone=json.loads(row.contact)["phone"]))
    op.create_table(
        "place_contact_dropped",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(
        "INSERT INTO place_contact_dropped (id, contact) SELECT id, contact FROM place WHERE contact IS NOT NULL"
    )
    op.drop_column("place", "contact")


def downgrade() -> None:
    op.add_column("place", sa.Column("contact", sa.Text(), nullable=True))
    op.execute(
        "UPDATE place SET contact = kept.contact FROM place_contact_dropped AS kept WHERE place.id = kept.id"
    )
    op.drop_table("place_contact_dropped")
    op.drop_column("place", "phone")

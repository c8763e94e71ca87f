"""Declarative classes with Column, as they were written before SQLAlchemy 2.0."""

import datetime
import uuid

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Text, func, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import backref, column_property, deferred, relationship, synonym

Base = declarative_base()


def now():
    return datetime.datetime.now(datetime.timezone.utc)


class Account(Base):
    __tablename__ = "account"

    id = Column(Integer, primary_key=True)
    # the column has another name than the attribute
    login = Column("login_name", String(80), nullable=False, unique=True)
    email = Column(String(255), index=True)
    mobile = Column(String(30), index=True, unique=True)
    display_name = Column(type_=String, nullable=False, server_default="")
    is_active = Column(Boolean, default=True, server_default=sa.true(), nullable=False)
    is_staff = Column(Boolean(), nullable=False, server_default=text("false"))
    logins = Column(Integer, default=0, server_default="0")
    ratio = Column(sa.Float, default=0.5)
    created_at = Column(DateTime, default=now, server_default=func.now(), nullable=False)
    updated_at = Column(DateTime(timezone=True), server_default=func.current_timestamp(), onupdate=now)
    token = Column(postgresql.UUID(as_uuid=True), default=uuid.uuid4, server_default=text("gen_random_uuid()"))
    bio = deferred(Column(Text, comment="Written by the person, shown as it is"))
    quota = Column(sa.BigInteger, nullable=False, default=5_000_000_000, server_default=text("5000000000"))
    Order = Column("Order", Integer, key="ordering")
    full = column_property(display_name)
    name = synonym("display_name")

    documents = relationship("Document", backref=backref("owner", lazy="joined"), cascade="all")

    def __repr__(self):
        return f"<Account {self.login}>"


class Document(Base):
    """A table's own arguments come last here."""

    __tablename__ = "document"

    id = Column(Integer, primary_key=True, autoincrement=True)
    # no type: it is that of the other column
    owner_id = Column(ForeignKey("account.id"), nullable=False)
    reviewer_id = Column(None, ForeignKey("account.id", ondelete="SET NULL"))
    parent_id = Column(Integer, ForeignKey("document.id", name="fk_document_parent", ondelete="cascade", onupdate="restrict"))
    login = Column(ForeignKey(Account.login))
    title = Column(String(200), server_default="it's \"new\"")
    body = Column(Text, nullable=True, default="")
    renamed = Column(String, info={"renamed_from": "caption"})
    state = Column(String(10), server_default=text("'draft'"))

    children = relationship("Document")

    __table_args__ = (
        sa.UniqueConstraint("owner_id", "title"),
        sa.CheckConstraint("char_length(title) > 0", name="title_not_empty"),
        sa.Index("ix_document_owner_state", "owner_id", "state"),
        {"comment": "What people write", "info": {"renamed_from": "paper"}},
    )


class Setting(Base):
    __tablename__ = "setting"
    __table_args__ = {"comment": "A dict alone"}

    scope = Column(String(20), primary_key=True)
    key = Column(String(50), primary_key=True)
    value = Column(postgresql.JSONB(none_as_null=True), nullable=False, server_default=text("'{}'::jsonb"))


class NotMapped:
    """No table, no base: nothing of the database's."""

    id = Column(Integer)

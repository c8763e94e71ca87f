"""A naming convention: what it names, what it leaves, and what is too long."""

from sqlalchemy import Boolean, CheckConstraint, Column, Enum, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, String, UniqueConstraint, func
from sqlalchemy.orm import declarative_base
from sqlalchemy.schema import conv

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s_%(referred_column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Base = declarative_base(metadata=metadata)


class Parent(Base):
    __tablename__ = "parent"

    a = Column(Integer, primary_key=True)
    b = Column(Integer, primary_key=True)
    code = Column(String(5), unique=True)
    name = Column("full_name", String(50), index=True, key="display")


class Child(Base):
    __tablename__ = "child"

    id = Column(Integer, primary_key=True)
    parent_a = Column(Integer)
    parent_b = Column(Integer)
    code = Column(ForeignKey("parent.code"), index=True)
    state = Column(Enum("on", "off", native_enum=False, create_constraint=True, name="state"))
    flag = Column(Boolean(create_constraint=True, name="flag"))

    __table_args__ = (
        ForeignKeyConstraint(["parent_a", "parent_b"], ["parent.a", "parent.b"]),
        UniqueConstraint("parent_a", "code"),
        UniqueConstraint("parent_b", "code", name="named_by_hand"),
        CheckConstraint("parent_a > 0", name="positive"),
        CheckConstraint("parent_b > 0", name=conv("already_whole")),
        Index(None, "parent_a", "parent_b"),
        Index("ix_by_hand", "parent_b"),
    )


class AVeryLongTableNameThatIsStillAllowedByPostgres(Base):
    __tablename__ = "a_very_long_table_name_that_is_still_allowed_by_postgres"

    id = Column(Integer, primary_key=True)
    a_long_column_name_as_well = Column(Integer, index=True)
    another_long_column_name = Column(ForeignKey("parent.code"), unique=True)

import enum
from datetime import date
from typing import Optional

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, UniqueConstraint, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class LoanState(enum.Enum):
    open = 1
    returned = 2
    lost = 3


class Author(Base):
    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    born: Mapped[Optional[date]]


class Book(Base):
    __tablename__ = "book"
    __table_args__ = (
        UniqueConstraint("author_id", "title"),
        CheckConstraint("pages > 0", name="book_pages_check"),
        Index("ix_book_title_lower", text("lower(title)")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    pages: Mapped[Optional[int]]
    language: Mapped[str] = mapped_column(String(2), server_default="en")


class Loan(Base):
    __tablename__ = "loan"
    __table_args__ = (
        Index("ix_loan_open", "book_id", unique=True, postgresql_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    since: Mapped[date] = mapped_column(server_default=func.current_date())
    state: Mapped[LoanState] = mapped_column(Enum(LoanState, name="loan_state"), server_default="open")

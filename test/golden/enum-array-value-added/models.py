from sqlalchemy import ARRAY, Enum
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    moods: Mapped[list[str] | None] = mapped_column(ARRAY(Enum("GOOD", "ODD", "BAD", name="mood")))

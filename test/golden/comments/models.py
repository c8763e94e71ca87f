from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = {"comment": "Work to do"}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(comment="What people call it: 'Bob'")
    note: Mapped[str | None]


class Task(Base):
    __tablename__ = "task"
    __table_args__ = {"comment": "New"}

    id: Mapped[int] = mapped_column(primary_key=True)

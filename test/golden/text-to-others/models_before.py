from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(server_default="0")
    document: Mapped[str | None]
    token: Mapped[str]
    moment: Mapped[str | None]
    ready: Mapped[str]
    day: Mapped[str]

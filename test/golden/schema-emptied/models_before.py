from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Lead(Base):
    __tablename__ = "lead"
    __table_args__ = {"schema": "crm"}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

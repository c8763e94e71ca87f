from sqlalchemy import BigInteger, CheckConstraint, Computed
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (CheckConstraint("gross > 0", name="ck_job_gross"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    net: Mapped[int] = mapped_column(BigInteger)
    gross: Mapped[int] = mapped_column(Computed("net * 2", persisted=True), unique=True)
    label: Mapped[str | None] = mapped_column(Computed("'n' || net::text", persisted=True), comment="For people")

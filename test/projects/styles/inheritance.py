"""One table for several classes, and several tables for one."""

from typing import Optional

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Employee(Base):
    __tablename__ = "employee"

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]

    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "employee"}


class Manager(Employee):
    """Its columns are in the table of Employee, and must be nullable there."""

    budget: Mapped[Optional[int]]
    has_car = Column(Boolean)

    __mapper_args__ = {"polymorphic_identity": "manager"}


class Engineer(Employee):
    __tablename__ = "engineer"

    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    language: Mapped[str]

    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Intern(Engineer):
    mentor_id = Column(Integer, ForeignKey("employee.id"))

    __mapper_args__ = {"polymorphic_identity": "intern"}


class Vehicle(Base):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    wheels: Mapped[int]


class Car(Vehicle):
    __tablename__ = "car"

    doors: Mapped[int]


class Bike(Vehicle):
    __tablename__ = "bike"

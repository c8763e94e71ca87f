"""Brings the database up to date: the same as alembic upgrade head."""
from alembic import command
from alembic.config import Config


def main() -> None:
    config = Config("alembic.ini")
    # command.upgrade(config, "head")
    command.upgrade(config, "head")


if __name__ == "__main__":
    main()

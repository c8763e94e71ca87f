import subprocess, sys
from alembic.command import downgrade, upgrade as up


def migrate(config):
    up(config, revision="heads")


def back(config):
    downgrade(config, "-1")


def shell():
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], check=True)
    subprocess.run("alembic current", shell=True)

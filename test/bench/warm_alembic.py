"""Alembic's autogenerate in a Python that stays: for each line on standard input one revision is made, and its milliseconds printed."""

import sys
import time

from alembic import command
from alembic.config import Config

config = Config("alembic.ini", stdout=open("/dev/null", "w"))
for line in sys.stdin:
    started = time.perf_counter()
    script = command.revision(config, message="bench", autogenerate=True)
    print(f"{(time.perf_counter() - started) * 1000} {script.path}", flush=True)

"""Alembic's autogenerate in a Python that stays: for each line on standard input one revision is made, and its milliseconds printed."""

import os
import sys
import time

from alembic import command
from alembic.config import Config

answers = sys.stdout
# Alembic says on standard output what it does
sys.stdout = open(os.devnull, "w")
config = Config("alembic.ini")
for line in sys.stdin:
    started = time.perf_counter()
    command.revision(config, message="bench", autogenerate=True)
    print((time.perf_counter() - started) * 1000, file=answers, flush=True)

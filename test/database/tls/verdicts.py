"""What libpq makes of connections: their parameters come as JSON on standard input, their outcomes go out the same way."""
import json
import sys

import psycopg


def verdict(parameters):
    try:
        with psycopg.connect(**parameters, connect_timeout=5) as connection:
            encrypted = connection.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()[0]
            return "encrypted" if encrypted else "plain"
    except psycopg.Error:
        return "refused"


print(json.dumps([verdict(parameters) for parameters in json.load(sys.stdin)]))

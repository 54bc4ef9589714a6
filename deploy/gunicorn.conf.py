"""How gunicorn serves the newsroom: gunicorn -c deploy/gunicorn.conf.py newsroom.wsgi

Behind a proxy that speaks TLS. A thread waits on the database most of its time, so there are several to a
process; DATABASE_POOL should be no smaller than WEB_THREADS.
"""

import os
import sys
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

chdir = str(Path(__file__).resolve().parent.parent)
sys.path.insert(0, chdir)

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_PROCESSES") or 2)
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS") or 8)

# Loaded once before the processes part: a bad setting stops the start instead of one worker after the other.
preload_app = True

timeout = 60
graceful_timeout = 30
keepalive = 5

# All instances of one user would share one socket in the home folder, and remove each other's.
control_socket_disable = True


class logger_class(Logger):  # noqa: N801  (the setting's own name)
    """Keeps the secrets of addresses out of the access log too, where somebody asks for one."""

    def atoms(self, *request: Any) -> dict[str, Any]:
        from newsroom.logs import masked

        found = super().atoms(*request).items()
        return {name: masked(said) if isinstance(said, str) else said for name, said in found}


def on_starting(server: object) -> None:
    from newsroom import environment

    if environment.flag(os.environ.get("DEBUG") or "off"):
        raise SystemExit("DEBUG is on: that is for make run, not for a web server.")


def post_fork(server: object, worker: object) -> None:
    # Whoever waits for Python's lock asks for it every 5 ms by itself. A page takes 1 ms and lets go at each
    # query, so its thread and the one that accepts spent most of the time waiting: 350 pages a second, now 500.
    sys.setswitchinterval(0.0005)

"""How gunicorn serves the newsroom: gunicorn -c deploy/gunicorn.conf.py newsroom.wsgi

Behind a proxy that speaks TLS. A thread waits on the database most of its time, so there are several to a process;
each may hold a connection of its own (DATABASE_POOL follows WEB_THREADS).

A new version is taken up by SIGUSR2 to the master: it starts the new one beside itself on the same socket, and ends
once that one is ready. Where the new one cannot start, the old one serves on. SIGHUP replaces the processes that serve,
with the code that the master has. SIGTERM lets what is being answered end, for thirty seconds.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from gunicorn import systemd
from gunicorn.glogging import Logger

chdir = str(Path(__file__).resolve().parent.parent)
sys.path.insert(0, chdir)

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
# One a processor. More than eight want to be asked for: each takes 100 to 300 MB.
workers = int(os.environ.get("WEB_PROCESSES") or min(max(os.cpu_count() or 2, 2), 8))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS") or 8)

# Loaded once before the processes part: a bad setting stops the start instead of one worker after the other.
preload_app = True

# Processes are not replaced after so many requests (max_requests): their memory stays flat, and each would lose the
# pages it keeps.
timeout = 60
graceful_timeout = 30

# Longer than a proxy keeps a connection that nobody uses (nginx: 60 seconds): the one that hangs up must be the one
# that sends, or a request meets a closed door.
keepalive = 75

# The sign of life is a file. On a disk that stalls it would come too late, and a healthy process be killed.
if Path("/dev/shm").is_dir():  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108

# All instances of one user would share one socket in the home folder, and remove each other's.
control_socket_disable = True

# By default a visitor's header SCRIPT_NAME, which not every proxy drops, cuts off the beginning of the address that
# was asked for; and two more headers may contradict X-Forwarded-Proto.
forwarder_headers = ""
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}


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


def pre_exec(server: Any) -> None:
    """Put the socket that systemd opened where the next master looks for it; gunicorn alone leaves it elsewhere."""
    if server.systemd:
        (listener,) = server.LISTENERS
        os.set_inheritable(listener.fileno(), False)
        os.dup2(listener.fileno(), systemd.SD_LISTEN_FDS_START)


def when_ready(server: Any) -> None:
    """Take over from the master that started this one on SIGUSR2; tell systemd whom to watch from now on."""
    before = server.master_pid
    if before and before == os.getppid():
        systemd.sd_notify(f"MAINPID={server.pid}", server.log)
        os.kill(before, signal.SIGTERM)


def post_fork(server: object, worker: object) -> None:
    # Whoever waits for Python's lock asks for it every 5 ms by itself. A page takes 1 ms and lets go at each
    # query, so its thread and the one that accepts spent most of the time waiting: 350 pages a second, now 500.
    sys.setswitchinterval(0.0005)

"""A newsroom of its own for a benchmark: production settings, a scratch database, gunicorn as deployed."""

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench"
POSTGRESQL = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
STORIES = int(os.environ.get("BENCH_STORIES") or 2000)
#: Where archives are kept, and of which sizes.
ARCHIVES = Path(os.environ.get("BENCH_ARCHIVES") or RESULTS / "archives").resolve()
SIZES = [int(size) for size in (os.environ.get("BENCH_SIZES") or "1000 100000 1000000").split()]

#: For whoever measures what a page costs that no process has kept.
ANEW = {"PAGE_CACHE_MB": "0"}


@dataclass(frozen=True)
class Scratch:
    """One database with its files, made for this run and thrown away after it."""

    vendor: str
    environ: dict[str, str]

    def run(self, *arguments: str, quiet: bool = True) -> str:
        """Run Python here and give what it printed."""
        stdout = subprocess.PIPE if quiet else None
        command = [sys.executable, *arguments]
        return (
            subprocess.run(command, cwd=ROOT, env=self.environ, check=True, stdout=stdout, text=True).stdout
            or ""
        )


@dataclass(frozen=True)
class Server:
    """A gunicorn that answers; `pid` is its master's."""

    pid: int
    port: int


@contextmanager
def scratch(vendor: str, *, server: str = POSTGRESQL) -> Iterator[Scratch]:
    """Make an empty, migrated newsroom on "sqlite" or "postgresql", there on a server of whoever's."""
    folder = RESULTS / f"scratch-{vendor}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        with _database(vendor, folder, server) as url:
            made = Scratch(vendor, environment(folder, url))
            made.run("manage.py", "migrate", "--verbosity=0")
            made.run("manage.py", "collectstatic", "--no-input", "--verbosity=0")
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def vendors() -> list[str]:
    """Say which databases to measure on: those there are, or the ones that BENCH_DATABASES names."""
    if named := os.environ.get("BENCH_DATABASES"):
        return named.split()
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.Error:
        print("PostgreSQL left out: none answers at TEST_DATABASE_URL")
        return ["sqlite"]
    return ["sqlite", "postgresql"]


@contextmanager
def served(environ: dict[str, str], application: str, *, stderr: IO[str] | None = None) -> Iterator[Server]:
    """Serve a WSGI application with the newsroom's own gunicorn settings, on a port nobody has."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "deploy/gunicorn.conf.py",
        "--log-level=warning",
        application,
    ]
    environ = {**environ, "PORT": str(port)}
    server = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=stderr, start_new_session=True)
    try:
        _wait_for(server, port)
        yield Server(server.pid, port)
    finally:
        server.terminate()
        server.wait(timeout=60)


def keep(name: str, figures: Any) -> None:
    """Write figures down for whoever compares runs."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps({**circumstances(), "figures": figures}, indent=1))
    print(f"   kept in {path.relative_to(ROOT)}")


def circumstances() -> dict[str, Any]:
    """When, on what, and beside how much else something was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "processors": os.cpu_count(),
        "memory_gb": round(memory / 2**30),
        "load": [round(one, 1) for one in os.getloadavg()],
    }


def table(heads: list[str], rows: list[list[object]]) -> None:
    """Print rows under heads as Markdown, ready for the documents: names to the left, figures to the right."""
    lines = [heads, *[[_cell(cell) for cell in row] for row in rows]]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(heads))]
    rule = [width * "-" if n == 0 else f"{(width - 1) * '-'}:" for n, width in enumerate(widths)]
    for line in (heads, rule, *lines[1:]):
        cells = (cell.ljust(widths[n]) if n == 0 else cell.rjust(widths[n]) for n, cell in enumerate(line))
        print(f"| {' | '.join(cells)} |")


def _cell(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int | float) else str(cell)


def environment(folder: Path, url: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(folder),
        "DATABASE_URL": url,
        "SITE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": f"file:{folder}/mail",
        "SECRET_KEY": "only-for-benchmarks-" + "0123456789abcdef" * 3,
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "MALLOC_ARENA_MAX": "2",  # as units and image have it
        **{name: os.environ[name] for name in ("WEB_PROCESSES", "WEB_THREADS") if name in os.environ},
    }


@contextmanager
def _database(vendor: str, folder: Path, server: str) -> Iterator[str]:
    if vendor == "sqlite":
        yield f"sqlite:///{folder}/newsroom.sqlite3"
        return
    name = f"newsroom_bench_{os.getpid()}"
    on_server("CREATE DATABASE {}", name, server=server)
    try:
        yield url_of(name, server=server)
    finally:
        on_server("DROP DATABASE {} WITH (FORCE)", name, server=server)


def on_server(statement: LiteralString, *names: str, server: str = POSTGRESQL) -> None:
    """Have PostgreSQL do something with whole databases, over a connection of its own: a drill may restart it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def url_of(database: str, *, server: str = POSTGRESQL) -> str:
    """The address of one of PostgreSQL's databases."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def free_port() -> int:
    """Find a port nobody listens on, below those the system gives to connections between now and then."""
    for port in random.sample(range(20_000, 30_000), 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise SystemExit("no port is free")


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"gunicorn does not answer on port {port}")

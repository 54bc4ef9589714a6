"""A newsroom as the public meets it: gunicorn with production settings, on a scratch database."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import template

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "news.example.org"


def environ(var_dir: Path, **changes: str) -> dict[str, str]:
    """The least a public installation must set; nothing of this machine's own variables gets in."""
    return {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(var_dir),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "EMAIL_URL": f"file:{var_dir}/mail",
        "TRUST_FORWARDED_PROTO": "on",
        "WEB_PROCESSES": "1",
        "METRICS_TOKEN": secrets.token_urlsafe(24),
        **changes,
    }


def gunicorn(environ: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the server; what it says goes into the file `log` (a pipe that nobody empties would stop it)."""
    # Not `python -m gunicorn`: what that is started by cannot start itself again, on SIGUSR2.
    command = [
        str(Path(sys.executable).with_name("gunicorn")),
        "-c",
        "deploy/gunicorn.conf.py",
        "newsroom.wsgi",
    ]
    with log(environ).open("w") as file:
        return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=file, stderr=subprocess.STDOUT)


def log(environ: dict[str, str]) -> Path:
    return Path(environ["VAR_DIR"]) / "gunicorn.log"


@contextmanager
def scratch_database(var_dir: Path) -> Iterator[str]:
    """Give the address of a migrated database of the kind this run is about."""
    with template.migrated(os.environ.get("DATABASE_URL", "sqlite:"), var_dir) as url:
        yield url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Site:
    port: int
    var_dir: Path
    settings: dict[str, str] = field(repr=False)

    def log(self) -> list[str]:
        return log(self.settings).read_text().splitlines()

    def get(self, path: str, *, host: str = HOST, https: bool = True, **headers: str) -> Answer:
        """Ask as the proxy in front would, or as somebody who came without TLS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {"Host": host, "X-Forwarded-Proto": "https" if https else "http"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=given)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        return answer


def manage(environ: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environ, check=True)


def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            raise AssertionError("gunicorn stopped")
        time.sleep(0.05)
    raise AssertionError("gunicorn does not answer")

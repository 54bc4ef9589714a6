"""An nginx of a drill's own, with the file that is deployed, in front of a newsroom of its own."""

import http.client
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

from benchmarks import _site

DEPLOYED = _site.ROOT / "deploy" / "nginx.conf"

_AROUND = """
user {user};
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {site}
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def in_front_of(origin: int) -> Iterator[int]:
    """The port of an nginx that asks the newsroom at `origin`. A machine without one fails the drill."""
    program = shutil.which("nginx")
    if program is None:
        raise SystemExit("FAIL nginx is not installed: apt-get install nginx-light")
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), _site.free_port()
        (folder / "nginx.conf").write_text(
            _AROUND.format(user=getuser(), folder=folder, site=_here(folder, port, origin))
        )
        command = [program, "-c", str(folder / "nginx.conf"), "-p", name]
        server = subprocess.Popen(command)
        try:
            _site._wait_for(server, port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=10)


def _here(folder: Path, port: int, origin: int) -> str:
    """The deployed file for this machine: without TLS, on a port that is free."""
    lines = DEPLOYED.read_text().splitlines()
    kept = [
        line for line in lines if not line.strip().startswith(("ssl_", "return 301 https", "listen [::]"))
    ]
    changes = {
        "/var/cache/newsroom": f"{folder}/cache",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{origin};",
        "listen 80;": f"listen 127.0.0.1:{_site.free_port()};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        "news.example.org": "127.0.0.1",
    }
    text = "\n".join(kept)
    for deployed, here in changes.items():
        text = text.replace(deployed, here)
    return text


def ask(port: int, path: str, *, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": "127.0.0.1", **named})
        got = connection.getresponse()
        return Answer(got.status, dict(got.getheaders()), got.read())
    finally:
        connection.close()

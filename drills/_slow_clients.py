"""Clients that begin a request and never end it (slowloris), and an nginx that spares the newsroom from them."""

import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks import _site

_NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 2;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  client_header_timeout 10s; client_body_timeout 10s; reset_timedout_connection on;
  upstream newsroom {{ server 127.0.0.1:{behind}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://newsroom; proxy_http_version 1.1; proxy_set_header Connection "";
                  proxy_set_header Host $host; }}
  }}
}}
"""


class SlowClients(threading.Thread):
    """So many connections, each of which says one more line of a header a second; opened again when closed."""

    def __init__(self, port: int, number: int, seconds: float) -> None:
        super().__init__()
        self.port, self.number, self.seconds = port, number, seconds

    def run(self) -> None:
        until, open_ = time.monotonic() + self.seconds, list[socket.socket]()
        while time.monotonic() < until:
            began = time.monotonic()
            open_ = [one for one in open_ if _goes_on(one)]
            while len(open_) < self.number and time.monotonic() < until:
                with suppress(OSError):
                    open_.append(_begun(self.port))
            time.sleep(max(0, 1 - (time.monotonic() - began)))
        for one in open_:
            one.close()


@contextmanager
def nginx(behind: int) -> Iterator[int]:
    """Serve what is at this port through nginx; give nginx's port."""
    port = _site.free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # its workers are another user
        conf = folder / "nginx.conf"
        conf.write_text(_NGINX.format(folder=name, port=port, behind=behind))
        server = subprocess.Popen(["nginx", "-p", name, "-c", str(conf)], stderr=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def _begun(port: int) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), timeout=5)
    one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    return one


def _goes_on(one: socket.socket) -> bool:
    try:
        one.sendall(b"X-Slow: yes\r\n")
    except OSError:
        one.close()
        return False
    return True


def _wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("nginx does not answer")

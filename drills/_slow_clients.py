"""Clients that begin a request and never end it (slowloris)."""

import socket
import threading
import time
from contextlib import suppress


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

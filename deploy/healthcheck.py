"""Whether the web server of this machine or container answers: ends with 0 or 1. Of the standard library alone.

Asked under the site's own name, as the newsroom answers to no other.
"""

import http.client
import os
import socket
import sys
from urllib.parse import urlsplit

_PATIENCE = 4


def main() -> int:
    connection = http.client.HTTPConnection("127.0.0.1", timeout=_PATIENCE)
    try:
        connection.sock = connected(os.environ.get("BIND") or "")
        connection.request(
            "GET", "/healthz", headers={"Host": urlsplit(os.environ["SITE_URL"]).hostname or ""}
        )
        return int(connection.getresponse().status != 200)
    except (OSError, http.client.HTTPException):
        return 1


def connected(bind: str) -> socket.socket:
    """A connection to where gunicorn listens: a socket file or a port (deploy/gunicorn.conf.py)."""
    if bind.startswith("unix:"):
        found = socket.socket(socket.AF_UNIX)
        found.settimeout(_PATIENCE)
        found.connect(bind.removeprefix("unix:"))
        return found
    port = bind.rpartition(":")[2] or os.environ.get("PORT") or "8000"
    return socket.create_connection(("127.0.0.1", int(port)), timeout=_PATIENCE)


if __name__ == "__main__":
    sys.exit(main())

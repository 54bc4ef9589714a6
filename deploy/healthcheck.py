"""Whether the web server of this machine or container answers: ends with 0 or 1. Of the standard library alone.

Asked under the site's own name, as the newsroom answers to no other.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit


def main() -> int:
    port = (os.environ.get("BIND") or "").rpartition(":")[2] or os.environ.get("PORT") or "8000"
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=4)
    try:
        connection.request(
            "GET", "/healthz", headers={"Host": urlsplit(os.environ["SITE_URL"]).hostname or ""}
        )
        return int(connection.getresponse().status != 200)
    except (OSError, http.client.HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main())

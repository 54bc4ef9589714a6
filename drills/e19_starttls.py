"""Drill E19: a public newsroom sends mail through a server that keeps TLS from coming about, in three ways.

Passes when no mail, no address and no password is said in the clear, and whoever sends is told that it failed.
`python -m drills.e19_starttls`
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import _site
from drills._verdict import verdict
from tests.stripping import WAYS, Stripping

TRIES = 5


def main() -> int:
    mails = leaked = unnoticed = 0
    with _site.scratch("sqlite") as site, tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            with Stripping(way, Path(folder)) as server:
                codes = [send(site, server.url) for _ in range(TRIES)]
            heard = [
                word for word in (b"@example.org", b"AUTH", b"MAIL FROM", b"secret") if word in server.heard
            ]
            print(
                f"   {way}: {server.mails} mails, {len(server.heard)} bytes heard, in them {heard or 'nothing'}"
            )
            mails, leaked = mails + server.mails, leaked + len(heard)
            unnoticed += codes.count(0)
    figure = f"{mails} mails of {TRIES * len(WAYS)} in the clear, {leaked} words leaked, {unnoticed} failures unnoticed"
    return verdict(not mails and not leaked and not unnoticed, figure)


def send(site: _site.Scratch, url: str) -> int:
    command = [sys.executable, "manage.py", "sendtestemail", "reader@example.org"]
    environ = {**site.environ, "EMAIL_URL": url}
    return subprocess.run(command, cwd=_site.ROOT, env=environ, check=False, capture_output=True).returncode


if __name__ == "__main__":
    sys.exit(main())

"""Drill D5: Redis goes away in the midst of readers, and the S3 of the pictures never answers.

Passes when readers' pages are never answered with 5xx, guesses at a password are limited all the same, and who uploads
a picture is told what to do. Needs a Redis or Valkey that is installed, of which it starts and stops one of its own.
`python -m drills.d5_elsewhere [SECONDS]`
"""

import http.client
import io
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from urllib.parse import urlencode

from PIL import Image

from benchmarks import _site
from drills import _extras
from drills._editors import TOKEN
from drills._public import Readers
from drills._reporter import Reporter
from drills._verdict import verdict

STORIES, RATE, GUESSES, MOST_GUESSES = 100, 30.0, 15, 10
NOWHERE = "s3://key:secret@pictures?region=eu-west-2&endpoint=http://127.0.0.1:1"


def main(seconds: float) -> int:
    port = _site.free_port()
    with redis(port) as server, _site.scratch("sqlite") as made:
        made.run("-m", "benchmarks._archive", str(STORIES))
        environ = {
            "CACHE_URL": f"redis://127.0.0.1:{port}/0",
            "STORAGE_URL": NOWHERE,
            "REQUIRE_SECOND_FACTOR": "off",
            "LOG_LEVEL": "CRITICAL",
            "PYTHONPATH": _extras.path(),
        }
        site = replace(made, environ={**made.environ, **environ})
        session = site.run("-m", "drills._reporter").strip()
        with _site.served(site.environ, "newsroom.wsgi:application") as web:
            with Readers(web.port, some_path, rate=RATE) as readers:
                time.sleep(seconds / 2)
                server.kill()
                time.sleep(seconds / 2)
            guesses = Counter(guess(web.port) for _ in range(GUESSES))
            told = upload(web.port, session)
    faults = sum(number for status, number in readers.statuses().items() if status >= 500)
    let_through = guesses["answered"]
    says_so = told["status"] == 200 and "could not be stored" in str(told.get("html"))
    heads = ["pages", "5xx", "dropped", "p99 s", "guesses answered", "guesses refused", "upload says"]
    row = [
        len(readers.answers),
        faults,
        len(readers.dropped),
        readers.slowest(0.99),
        let_through,
        guesses["refused"],
    ]
    _site.table(heads, [[*row, "why" if says_so else str(told)[:60]]])
    limited = 0 < let_through <= MOST_GUESSES and let_through + guesses["refused"] == GUESSES
    passes = bool(readers.answers) and not (faults or readers.dropped) and limited and says_so
    figure = f"{faults} of {len(readers.answers)} pages 5xx, {let_through} of {GUESSES} guesses answered"
    return verdict(passes, figure)


@contextmanager
def redis(port: int) -> Iterator[subprocess.Popen[bytes]]:
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        raise SystemExit("neither valkey-server nor redis-server is installed here")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield process
    finally:
        process.kill()
        process.wait()


def some_path(dice: Random) -> str:
    return dice.choice(
        [
            f"/articles/story-{dice.randrange(STORIES)}/",
            *("/", "/articles/", "/feeds/latest.rss"),
            f"/search/?q=council+{dice.random()}",
        ]
    )


def guess(port: int) -> str:
    """Try to sign in with a password that is none; whether somebody looked at it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    form = {"login": "reporter@newsroom.example", "password": "a guess", "csrfmiddlewaretoken": TOKEN}
    headers = {"Cookie": f"csrf={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/accounts/login/", urlencode(form), headers)
    answer = connection.getresponse()
    words = answer.read().decode()
    connection.close()
    if answer.status != 200:
        return str(answer.status)
    return "refused" if "Too many attempts" in words else "answered"


def upload(port: int, session: str) -> dict[str, object]:
    data = io.BytesIO()
    Image.new("RGB", (800, 500), (90, 30, 40)).save(data, "JPEG")
    return Reporter(port, session).upload("hall.jpg", data.getvalue())


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 30))

"""Drill D6: the newsroom's server stops; whoever reads through nginx goes on reading, but for what was taken back.

A page that was read before the stop is answered, over and over, for as long as the drill lasts; one that the newsroom
said was gone is not, neither one that was taken down and that nobody asked for since: of that the worker has told nginx
(PURGE_STYLE=nginx). How long nginx may go on is what the page says: a day. `python -m drills.d6_origin_down [SECONDS]`
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import _site
from drills import _nginx
from drills._verdict import verdict

PAGES = ("/", "/articles/", "/articles/story-3/", "/feeds/latest.rss")
DAY = 86_400

#: Taken down and asked for again; taken down, and asked for by nobody; where both stood.
SEEN, UNSEEN = "/articles/story-5/", "/articles/story-6/"
COPIES = [
    (path, coding)
    for path in (SEEN, UNSEEN, f"{UNSEEN}?from=a-letter", f"{UNSEEN}history/", f"/api/v1{UNSEEN}")
    for coding in ("br", "gzip", "identity")
]

TAKE_DOWN = """
import django; django.setup()
from django.utils import timezone
from articles.desk import workflow
from articles.models import Edition, Story
from tests.newsdesk import hire
for slug in ("story-5", "story-6"):
    story = Story.objects.get(pk=Edition.objects.get(slug=slug).story_id)
    note = {"kind": "legal", "public_note": "By order."}
    workflow.perform(story, "take_down", by=hire().manager, now=timezone.now(), **note)
"""

#: Whether nginx was told of all that was taken down.
TOLD = """
import django; django.setup()
from articles import freshness
from newsroom.models import PurgeMark
mark = PurgeMark.objects.filter(owed_since=None).first()
print(int(mark is not None and tuple(mark.told[:2]) == freshness.changes()))
"""


def main(seconds: float) -> int:
    with _site.scratch("sqlite") as site:
        site.run("-m", "benchmarks._archive", "100")
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as web,
            _nginx.in_front_of(web.port) as port,
        ):
            said = read_before(site, port)
            os.kill(web.pid, signal.SIGTERM)
            wait_until_closed(web.port)
            return verdict(*judged(port, said, seconds))


def read_before(site: _site.Scratch, port: int) -> dict[str, bytes]:
    """Read the pages, then have stories taken down that were read, and read what is said of one of them."""
    assert {status(port, path, coding) for path, coding in COPIES} == {200}
    site.run("-c", TAKE_DOWN)
    with working(site, PURGE_URL=f"http://127.0.0.1:{port}", PURGE_STYLE="nginx"):
        until = time.monotonic() + 60
        while not int(site.run("-c", TOLD)) and time.monotonic() < until:
            time.sleep(1)
    assert _nginx.ask(port, SEEN).status == 410
    return {page: _nginx.ask(port, page).body for page in PAGES}


@contextmanager
def working(site: _site.Scratch, **environ: str) -> Iterator[None]:
    command = [sys.executable, "manage.py", "worker"]
    worker = subprocess.Popen(command, cwd=_site.ROOT, env={**site.environ, **environ})
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def status(port: int, path: str, coding: str) -> int:
    return _nginx.ask(port, path, Accept_Encoding=coding).status


def wait_until_closed(port: int) -> None:
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.2)


def judged(port: int, said: dict[str, bytes], seconds: float) -> tuple[bool, str]:
    asked, wrong, allowed = 0, 0, DAY
    until = time.time() + seconds
    while time.time() < until:
        for page, body in said.items():
            answer = _nginx.ask(port, page)
            asked += 1
            wrong += answer.status != 200 or answer.body != body
            found = re.search(r"stale-if-error=(\d+)", answer.headers.get("Cache-Control", ""))
            allowed = min(allowed, int(found[1]) if found else 0)
        time.sleep(0.2)
    back = [f"{path} in {coding}" for path, coding in COPIES if status(port, path, coding) == 200]
    print(f"   of what was taken down came back: {', '.join(back) or 'nothing'}")
    passes = asked > 0 and not wrong and allowed == DAY and not back
    return passes, (
        f"{asked} answers without the newsroom, {wrong} wrong; {allowed / 3600:g} h allowed;"
        f" {len(back)} of {len(COPIES)} copies of what was taken down came back"
    )


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 60))

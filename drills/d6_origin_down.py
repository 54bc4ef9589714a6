"""Drill D6: the newsroom's server stops; whoever reads through nginx goes on reading, but for what was taken back.

A page that was read before the stop is answered, over and over, for as long as the drill lasts; one that the newsroom
said was gone is not. How long nginx may go on is what the page says: a day. `python -m drills.d6_origin_down [SECONDS]`
"""

import os
import re
import signal
import socket
import sys
import time

from benchmarks import _site
from drills import _nginx
from drills._verdict import verdict

PAGES = ("/", "/articles/", "/articles/story-3/", "/feeds/latest.rss")
DAY = 86_400

TAKE_DOWN = """
import django; django.setup()
from django.utils import timezone
from articles.desk import workflow
from articles.models import Edition, Story
from tests.newsdesk import hire
story = Story.objects.get(pk=Edition.objects.get(slug="story-5").story_id)
note = {"kind": "legal", "public_note": "By order."}
workflow.perform(story, "take_down", by=hire().manager, now=timezone.now(), **note)
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
    """Read the pages, then have a story taken down that was read, and read what is said of it."""
    _nginx.ask(port, "/articles/story-5/")
    site.run("-c", TAKE_DOWN)
    time.sleep(2.5)
    assert _nginx.ask(port, "/articles/story-5/").status == 410
    return {page: _nginx.ask(port, page).body for page in PAGES}


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
    withdrawn = _nginx.ask(port, "/articles/story-5/").status
    passes = asked > 0 and not wrong and allowed == DAY and withdrawn != 200
    return passes, (
        f"{asked} answers without the newsroom, {wrong} wrong; {allowed / 3600:g} h allowed;"
        f" what was taken down answers {withdrawn}"
    )


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 60))

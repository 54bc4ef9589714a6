"""Two web servers share their pages in Redis: what one made the other gives, and a change is in both within a second.

Then Redis hangs, is killed and comes back: pages go on meanwhile, and are shared again after it. Needs the packages of
requirements-extras.txt, and starts a Redis or Valkey of its own. `python -m drills.shared_pages`
"""

import signal
import sys
import time
from dataclasses import replace

from benchmarks import _site
from benchmarks._site import Scratch, Server
from drills import _extras, _nginx
from drills._verdict import verdict
from drills.d5_elsewhere import redis

#: Seconds until a change is in both, and for which a Redis that did not answer is left alone.
LATEST, LEFT_ALONE = 1.0, 5.5
#: Seconds that a reader may wait because of a Redis that hangs.
SLOWEST = 1.0
HEADLINE = "Printed in both at once"

PUBLISH = f"""
import time, django; django.setup()
from django.utils import timezone
from tests.newsdesk import hire, published
published(hire(), now=timezone.now(), headline="{HEADLINE}", slug="printed-in-both")
print(time.time())
"""


def main() -> int:
    port = _site.free_port()
    with _site.scratch("sqlite") as made:
        made.run("-m", "benchmarks._archive", "100")
        more = {
            "CACHE_URL": f"redis://127.0.0.1:{port}/0",
            "WEB_PROCESSES": "1",
            "PYTHONPATH": _extras.path(),
            "LOG_LEVEL": "CRITICAL",
        }
        site = replace(made, environ={**made.environ, **more})
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as one,
            _site.served(site.environ, "newsroom.wsgi:application") as other,
        ):
            return verdict(*judged(site, port, one, other))


def judged(site: Scratch, port: int, *servers: Server) -> tuple[bool, str]:
    with redis(port) as running:
        found = {"shared": are_shared("/articles/story-1/", *servers)}
        late = seen_after(site, *servers)
        running.send_signal(signal.SIGSTOP)
        hanging = slowest("/articles/story-2/", *servers)
        running.kill()
    gone = slowest("/articles/story-3/", *servers)
    with redis(port):
        time.sleep(LEFT_ALONE)
        found["shared again"] = are_shared("/articles/story-4/", *servers)
    passes = all(found.values()) and late <= LATEST and max(hanging, gone) <= SLOWEST
    told = ", ".join(f"{name if is_so else f'not {name}'}" for name, is_so in found.items())
    return passes, (
        f"{told}; a change in both after {late:.2f} s;"
        f" slowest page {hanging:.2f} s with Redis hanging, {gone:.2f} s without it"
    )


def are_shared(path: str, one: Server, other: Server) -> bool:
    """Whether the page that one makes is what the other gives."""
    made, given = (_nginx.ask(server.port, path) for server in (one, other))
    how = [answer.headers["Cache-Status"] for answer in (made, given)]
    return how == ["newsroom; fwd=miss; stored", "newsroom; hit; detail=shared"] and made.body == given.body


def seen_after(site: Scratch, *servers: Server) -> float:
    """Seconds from the end of a publication until a list has it, at whichever server is later."""
    for server in servers:
        _nginx.ask(server.port, "/articles/")
    done_at = float(site.run("-c", PUBLISH))
    waiting = set(servers)
    while waiting and time.time() < done_at + 10 * LATEST:
        waiting = {
            server
            for server in waiting
            if HEADLINE not in _nginx.ask(server.port, "/articles/").body.decode()
        }
    return time.time() - done_at


def slowest(path: str, *servers: Server) -> float:
    """Seconds until a page that nobody asked for yet was answered; it has to be."""
    took = []
    for server in servers:
        began = time.monotonic()
        assert _nginx.ask(server.port, path).status == 200
        took.append(time.monotonic() - began)
    return max(took)


if __name__ == "__main__":
    sys.exit(main())

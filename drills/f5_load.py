"""Drill F5: kept pages through nginx, pages made for each reader, and a cold page that everybody asks for at once.

Passes with at least 20,000 kept pages a second through nginx, at least 300 uncached articles a second with the 95th
percentile within 200 ms, and at most one request a second to the newsroom for a page that thousands ask for.
On a machine that does nothing else, with wrk. `python -m drills.f5_load [SECONDS]`
"""

import re
import shutil
import subprocess
import sys

from benchmarks import _site
from drills import _nginx
from drills._verdict import verdict

KEPT, MADE, SLOWEST, ORIGIN = 20_000, 300, 200.0, 1.0


def main(seconds: int) -> int:
    if shutil.which("wrk") is None:
        raise SystemExit("FAIL wrk is not installed: apt-get install wrk")
    with _site.scratch("sqlite") as site:
        site.run("-m", "benchmarks._archive", "200")
        uncached = {**site.environ, "PAGE_CACHE_MB": "0"}
        with _site.served(uncached, "newsroom.wsgi:application") as plain:
            made, slowest = pressed(plain.port, "/articles/story-3/", seconds, connections=8)
        with (
            _site.served({**site.environ, "ACCESS_LOG": "off"}, "newsroom.wsgi:application") as web,
            _nginx.in_front_of(web.port) as port,
        ):
            return verdict(*judged(web.port, port, seconds, made=made, slowest=slowest))


def judged(origin: int, port: int, seconds: int, *, made: float, slowest: float) -> tuple[bool, str]:
    kept, _ = pressed(port, "/articles/story-3/", seconds, connections=64)
    before = asked(origin)
    cold, _ = pressed(port, "/articles/story-9/", seconds, connections=64)
    to_origin = (asked(origin) - before) / seconds
    passes = kept >= KEPT and made >= MADE and slowest <= SLOWEST and to_origin <= ORIGIN + 1 / seconds
    return passes, (
        f"{kept:,.0f} kept pages/s; {made:,.0f} made/s, p95 {slowest:.0f} ms;"
        f" cold page at {cold:,.0f}/s: {to_origin:.1f} requests/s to the newsroom"
    )


def pressed(port: int, path: str, seconds: int, *, connections: int) -> tuple[float, float]:
    """Requests a second that were answered well, and how many milliseconds 95 of 100 took at most."""
    script = "done = function(s, l) print('p95us ' .. l:percentile(95)) print('bad ' .. s.errors.status) end"
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "-s",
        "/dev/stdin",
        f"http://127.0.0.1:{port}{path}",
    ]
    said = subprocess.run(command, input=script, capture_output=True, text=True, check=True).stdout
    found = {
        name: float(re.search(rf"{name}\D*([\d.]+)", said)[1]) for name in ("Requests/sec:", "p95us", "bad")
    }  # type: ignore[index]
    return 0.0 if found["bad"] else found["Requests/sec:"], found["p95us"] / 1000


def asked(origin: int) -> float:
    """How many public pages the newsroom was asked for so far."""
    said = _nginx.ask(origin, "/metrics").body.decode()
    return sum(
        float(number) for number in re.findall(r"^newsroom_page_cache_total\S* (\S+)$", said, re.MULTILINE)
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 10))

"""Drill E17: a storm of addresses that are not there, beside readers of real pages.

Passes when real pages are at most twice as slow at the 95th percentile, no 404 turns into a 500, and the storm
wrote nothing to the database. `python -m drills.e17_storms [SECONDS]`
"""

import hashlib
import http.client
import sys
import threading
import time
from pathlib import Path

from benchmarks import _site

STORM = 200  # a second
READERS = 4


def main(seconds: float) -> int:
    with _site.scratch("sqlite") as site:
        site.run("-m", "benchmarks._archive", "200")
        database = Path(site.environ["VAR_DIR"]) / "newsroom.sqlite3"
        with _site.served(site.environ, "newsroom.wsgi:application") as server:
            read(server.port, 1)  # warm
            calm = read(server.port, seconds)
            before = fingerprint(database)
            storm = Storm(server.port, seconds)
            storm.start()
            stormy = read(server.port, seconds)
            storm.join()
            after = fingerprint(database)
    slower = p95(stormy) / p95(calm)
    wrong = {status for status in storm.statuses if status != 404}
    print(f"   calm: {len(calm):,} pages, p95 {1000 * p95(calm):.0f} ms")
    print(
        f"   storm: {len(storm.statuses):,} times 404; {len(stormy):,} pages, p95 {1000 * p95(stormy):.0f} ms"
    )
    print(
        f"   {slower:.1f} times as slow; other answers: {wrong or 'none'}; database changed: {before != after}"
    )
    return slower > 2 or bool(wrong) or before != after


class Storm(threading.Thread):
    def __init__(self, port: int, seconds: float) -> None:
        super().__init__()
        self.port, self.seconds = port, seconds
        self.statuses: list[int] = []

    def run(self) -> None:
        paths = [
            "/wp-login.php",
            "/articles/no-such-{}/",
            "/topics/no-{}/",
            "/media/{}/w320.jpg",
            "/x{}/?before=1",
        ]
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        started = time.monotonic()
        while (passed := time.monotonic() - started) < self.seconds:
            number = len(self.statuses)
            connection.request("GET", paths[number % len(paths)].format(number))
            response = connection.getresponse()
            response.read()
            self.statuses.append(response.status)
            time.sleep(max(0, number / STORM - passed))


def read(port: int, seconds: float) -> list[float]:
    """Read articles as a few unhurried readers do; give how long each took."""
    times: list[float] = []
    readers = [
        threading.Thread(target=_reader, args=(port, number, seconds, times)) for number in range(READERS)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


def _reader(port: int, number: int, seconds: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    until = time.monotonic() + seconds
    while (began := time.monotonic()) < until:
        connection.request("GET", f"/articles/story-{(number * 50 + len(times)) % 200}/")
        connection.getresponse().read()
        times.append(time.monotonic() - began)
        time.sleep(0.04)


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def fingerprint(database: Path) -> str:
    """Say what the database's files hold; reading changes no byte of them."""
    files = [database, database.with_name(f"{database.name}-wal")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if file.exists())).hexdigest()


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 10))

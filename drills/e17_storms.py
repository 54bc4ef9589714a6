"""Drill E17: storms of addresses that are not there and of pages that fail, and 500 slow clients, beside readers.

Passes when each time real pages are at most twice as slow at the 95th percentile, the storm got the answers it had to
get, no mail was written, and a storm of 404s wrote nothing to the database. Slow clients are met by nginx, where it is
installed; what the web server alone does with them is shown, and does not count.
`python -m drills.e17_storms [SECONDS]`
"""

import hashlib
import http.client
import sys
import threading
import time
from pathlib import Path

from benchmarks import _site
from drills import _nginx
from drills._slow_clients import SlowClients
from drills._verdict import verdict

STORM = 200  # a second
#: Of that: a machine that does not get so far was not put to the test.
ENOUGH = 0.9
SLOW = 500
READERS = 4

MISSING = ["/wp-login.php", "/articles/no-such-{}/", "/topics/no-{}/", "/media/{}/w320.jpg", "/x{}/?before=1"]
FAILING = ["/fault/{}/"]


def main(seconds: float) -> int:
    with _site.scratch("sqlite") as site:
        site.environ["LOG_LEVEL"] = "CRITICAL"  # a line for each page that fails is right, and much to read
        site.run("-m", "benchmarks._archive", "200")
        var_dir = Path(site.environ["VAR_DIR"])
        database = var_dir / "newsroom.sqlite3"
        with _site.served(site.environ, "drills._faulty:application") as server:
            read(server.port, 2)  # warm
            calm = p95(read(server.port, seconds))
            print(f"   calm: p95 {1000 * calm:.0f} ms")
            before = fingerprint(database)
            storms = [storm(server.port, MISSING, 404, seconds, calm)]
            wrote = before != fingerprint(database)
            storms.append(storm(server.port, FAILING, 500, seconds, calm))
            alone = slow(server.port, seconds, calm)
            print(f"   the web server alone with {SLOW} slow clients: {alone:.1f} times as slow")
            storms.append(behind_nginx(server.port, seconds))
        mails = sum(file.is_file() for file in (var_dir / "mail").rglob("*"))
    passes = max(storms) <= 2 and not wrote and not mails
    times = ", ".join(f"{ratio:.1f}" for ratio in storms)
    return verdict(
        passes, f"404s, 500s, slow clients: {times} times as slow; {mails} mails; 404s wrote: {wrote}"
    )


def storm(port: int, paths: list[str], status: int, seconds: float, calm: float) -> float:
    """Give how many times as slow pages are; for ever, where the storm got other answers than it had to get."""
    one = Storm(port, paths, seconds)
    one.start()
    stormy = read(port, seconds)
    one.join()
    wrong = {found for found in one.statuses if found != status}
    print(
        f"   {len(one.statuses):,} times {status}: p95 {1000 * p95(stormy):.0f} ms; other answers: {wrong or 'none'}"
    )
    was_none = len(one.statuses) < STORM * seconds * ENOUGH
    return float("inf") if wrong or was_none else p95(stormy) / calm


def slow(port: int, seconds: float, calm: float) -> float:
    clients = SlowClients(port, SLOW, seconds + 2)
    clients.start()
    time.sleep(2)
    times = read(port, seconds)
    clients.join()
    return p95(times) / calm


def behind_nginx(port: int, seconds: float) -> float:
    with _nginx.in_front_of(port) as front:
        calm = p95(read(front, seconds))
        found = slow(front, seconds, calm)
    print(
        f"   nginx before it with {SLOW} slow clients: calm p95 {1000 * calm:.0f} ms, {found:.1f} times as slow"
    )
    return found


class Storm(threading.Thread):
    def __init__(self, port: int, paths: list[str], seconds: float) -> None:
        super().__init__()
        self.port, self.paths, self.seconds = port, paths, seconds
        self.statuses: list[int] = []

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        started = time.monotonic()
        while (passed := time.monotonic() - started) < self.seconds:
            number = len(self.statuses)
            connection.request("GET", self.paths[number % len(self.paths)].format(number))
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
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    until = time.monotonic() + seconds
    while (began := time.monotonic()) < until:
        try:
            connection.request("GET", f"/articles/story-{(number * 50 + len(times)) % 200}/")
            connection.getresponse().read()
        except OSError:  # as slow as can be
            connection.close()
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

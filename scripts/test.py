"""Run the tests on SQLite and, beside them, those that touch a database on PostgreSQL where one answers.

Says plainly what was left out and why.

REQUIRE_ALL=1 turns everything left out into a failure. Arguments go to pytest.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import psycopg

type Report = tuple[set[str], dict[str, str], list[str]]

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import browsing, template  # noqa: E402

REQUIRE_ALL = os.environ.get("REQUIRE_ALL", "") not in ("", "0")
POSTGRESQL = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"

# What pytest answers when tests failed, and when it selected none: with ARGS that is no failure of the tests.
FAILURES, NO_TESTS = 1, 5

#: Of each database: more than there are processors, because a third of the tests wait for others.
PROCESSES = "3", "2"

#: If no more tests than this failed, those in a browser are tried once more; more are no accident.
MOST_AGAIN = 5


def main(arguments: list[str]) -> int:
    gaps: list[str] = []
    if not browsing.path():
        arguments = ["-m", "not browser", *arguments]
        gaps.append(
            "browser tests: no Chromium found (apt-get install chromium-headless-shell, or set CHROMIUM to one)"
        )

    databases = {"SQLite": f"sqlite:///{ROOT}/var/newsroom.sqlite3"}
    if why := refusal(POSTGRESQL):
        gaps.append(f"everything on PostgreSQL: none answers at TEST_DATABASE_URL ({why})")
    else:
        databases["PostgreSQL"] = POSTGRESQL

    # Both at once: while one waits for a browser or for a process that it started, the other has the processors.
    with ThreadPoolExecutor() as pool:
        runs = [
            pool.submit(run, name, url, number, arguments)
            for number, (name, url) in enumerate(databases.items())
        ]
        done = {name: one.result() for name, one in zip(databases, runs, strict=True)}
    failed = [name for name, (code, _) in done.items() if code not in (0, NO_TESTS if arguments else 0)]
    passed = {test for _, report in done.values() for test in report[0]}
    skipped = {test: why for _, report in done.values() for test, why in report[1].items()}

    # A test about one database alone is skipped on the other: no gap, as long as it ran somewhere.
    gaps += [f"{test}: {why}" for test, why in skipped.items() if test not in passed]
    return verdict(failed, gaps)


def run(name: str, url: str, number: int, arguments: list[str]) -> tuple[int, Report]:
    """All tests on one database; on the second, those that it could change (tests/conftest.py)."""
    started = time.monotonic()
    with template.made(url) as found, tempfile.TemporaryDirectory() as folder:
        environment = (
            os.environ | ({"SECOND_DATABASE": "1"} if number else {}) | found | {"DATABASE_URL": url}
        )
        cache = Path(folder)
        code, report = pytest(["-n", PROCESSES[number], *arguments], environment, cache, aloud=not number)
        if code == FAILURES and 0 < len(report[2]) <= MOST_AGAIN:
            # On a busy machine a page may be looked at too soon: a browser's, and no other, may try again.
            print(f"== once more, those in a browser, of: {', '.join(report[2])}", flush=True)
            _, second = pytest(["-n", "0", "-m", "browser", *last_failed(cache)], environment, cache)
            code = FAILURES if set(report[2]) - second[0] else 0
            report = report[0] | second[0], report[1], report[2]
    print(f"== tests on {name}: {time.monotonic() - started:.0f} s", flush=True)
    return code, report


def refusal(url: str) -> str:
    """Say why no PostgreSQL can be had at this address, or nothing where one answers."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error as problem:
        return str(problem).strip().splitlines()[0]
    return ""


def pytest(
    arguments: list[str], environ: dict[str, str], cache: Path, *, aloud: bool = True
) -> tuple[int, Report]:
    """Run it. Not aloud, it says all that it has to say when it has ended: two do not talk at once."""
    report = cache / "report.xml"
    options = ["-q", "--dist=loadgroup", f"--junitxml={report}", "-o", f"cache_dir={cache}"]
    command = [sys.executable, "-m", "pytest", *options, *arguments]
    stdout = None if aloud else subprocess.PIPE
    ran = subprocess.run(command, cwd=ROOT, env=environ, check=False, stdout=stdout, text=True)
    print(ran.stdout or "", flush=True)
    return ran.returncode, outcomes(report)


def last_failed(cache: Path) -> list[str]:
    """Name what failed just now as pytest takes it. Its --last-failed runs everything where -m leaves none of it."""
    return list(json.loads((cache / "v" / "cache" / "lastfailed").read_text()))


def outcomes(report: Path) -> Report:
    """Read which tests passed, which were skipped and why, and which failed."""
    passed: set[str] = set()
    skipped: dict[str, str] = {}
    failed: list[str] = []
    for case in ElementTree.parse(report).iter("testcase") if report.exists() else ():
        name = f"{case.get('classname')}::{case.get('name')}"
        if (skip := case.find("skipped")) is not None:
            skipped[name] = skip.get("message") or "no reason given"
        elif case.find("failure") is None and case.find("error") is None:
            passed.add(name)
        else:
            failed.append(name)
    return passed, skipped, failed


def verdict(failed: list[str], gaps: list[str]) -> int:
    if gaps:
        print("\nLeft out:")
        for gap in gaps:
            print(f"  - {gap}")
    if failed:
        print(f"\nFailed on {' and '.join(failed)}.")
    elif gaps and REQUIRE_ALL:
        print("\nREQUIRE_ALL is set, and not everything ran.")
    else:
        print("\nAll that ran passed." if gaps else "\nAll tests ran, and passed.")
    return bool(failed or (gaps and REQUIRE_ALL))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

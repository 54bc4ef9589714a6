"""The test data that lies beside a checkout and is no part of it: real articles, hostile markup and strings.

It is looked for where NEWSROOM_TEST_DATA says, or in shared/data beside the checkout. Where it is not, the tests that
need it are skipped and say so; REQUIRE_ALL=1 makes that a failure.
"""

import gzip
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

WHERE = Path(os.environ.get("NEWSROOM_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data")


def path(name: str) -> Path:
    found = WHERE / name
    if not found.exists():
        says = f"the test data {name} is not at {WHERE}"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(says)
        pytest.skip(says)
    return found


def hostile_html() -> list[str]:
    said = json.loads(path("hostile/html-payloads.json").read_text())
    return [entry["payload"] for entry in said]


def hostile_strings() -> list[str]:
    return [str(words) for words in json.loads(path("hostile/naughty-strings.json").read_text())]


def articles() -> list[dict[str, Any]]:
    return _articles(path("news/public-sector-news.jsonl.gz"))


@cache
def _articles(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]

"""Milliseconds that differences take, typical and at their worst: alone, and with the pages that show them.

The pages are the review screen, and the history that readers see of a story with ten editions and with eleven.

python -m benchmarks.reviewing
"""

import json
import random
import sys
import time
from typing import Any

import django

from articles.differences.difference import difference
from articles.differences.html import told
from benchmarks import _site, _versions

DICE = random.Random(1)
WORDS = [f"word{number}" for number in range(600)]
RUNS = 3
#: Those of the texts whose pages are measured, for what one story's editions take to be published.
TYPICAL, LONG, WORST = (
    "typical: three sentences of a story",
    "60 paragraphs, a third of the words new",
    "5,000 paragraphs that are alike",
)
INSIDE = "inside"


def main() -> int:
    figures: dict[str, Any] = {"differences": differences(), "pages": {}}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.environ["REQUIRE_SECOND_FACTOR"] = "off"
            rows = json.loads(site.run("-m", "benchmarks.reviewing", INSIDE))
        figures["pages"][vendor] = rows
        print(f"{vendor}: pages, in milliseconds of the processor")
        _site.table(list(rows[0]), [list(row.values()) for row in rows])
    _site.keep("reviewing", figures)
    return 0


def differences() -> list[dict[str, Any]]:
    print("differences alone, in milliseconds of the processor")
    rows = []
    for name, (before, after) in texts().items():
        found, written = best({"body": before}, {"body": after})
        rows.append({"text": name, "characters": len(after), "find": found, "write": written})
    _site.table(list(rows[0]), [list(row.values()) for row in rows])
    return rows


def pages() -> list[dict[str, Any]]:
    """Each page's best of some runs, with the queries it asked."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import Role, User

    rows = []
    found = texts()
    for name, editions, story in _versions.write({name: found[name] for name in (TYPICAL, LONG, WORST)}):
        client = Client(headers={"Host": "127.0.0.1"})
        client.force_login(User.objects.get(role=Role.MANAGER))
        row: dict[str, Any] = {"text": name, "editions": editions}
        addresses = {
            "review": f"/admin/articles/story/{story.pk}/review/",
            "history": f"/articles/{story.slug}/history/",
        }
        for page, address in addresses.items():
            row[page] = min(asked(client, address) for _ in range(RUNS))
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            row[f"{page}, queries"] = len(queries)
        rows.append(row)
    return rows


def asked(client: Any, address: str) -> float:
    started = time.process_time()
    response = client.get(address)
    took = (time.process_time() - started) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return took


def texts() -> dict[str, tuple[str, str]]:
    story = [words(70) for _ in range(15)]
    long = [words(90) for _ in range(60)]
    return {
        TYPICAL: (body(story), body([*story[:-3], *map(mended, story[-3:])])),
        LONG: (body(long), body([mended(one) for one in long])),
        "60 paragraphs, all new": (body(long), body([words(90) for _ in long])),
        "100 kB in one paragraph, all new": (body([words(15_000)]), body([words(15_000)])),
        "one word 40,000 times": (body(["a " * 40_000]), body(["b a " * 20_000])),
        "5,000 paragraphs of one word": (body(["a"] * 5_000), body(["b", "a"] * 2_500)),
        WORST: tuple(  # type: ignore[dict-item]
            body([f"{sign}{number} y" for number in range(5_000)]) for sign in "xz"
        ),
    }


def words(length: int) -> str:
    return " ".join(DICE.choices(WORDS, k=length))


def mended(text: str) -> str:
    return " ".join(DICE.choice(WORDS) if DICE.random() < 0.3 else word for word in text.split())


def body(paragraphs: list[str]) -> str:
    return "\n".join(f"<p>{words}</p>" for words in paragraphs)


def best(before: dict[str, Any], after: dict[str, Any]) -> tuple[float, float]:
    took = []
    for _ in range(RUNS):
        started = time.process_time()
        found = difference(before, after)
        between = time.process_time()
        told(found)
        took.append((between - started, time.process_time() - between))
    found_in, written_in = min(took, key=sum)
    return found_in * 1000, written_in * 1000


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        print(json.dumps(pages()))
        sys.exit(0)
    sys.exit(main())

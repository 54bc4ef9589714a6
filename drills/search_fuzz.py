"""Drill: search is asked what nobody should ask, thousands of times, on both databases.

Passes when no answer is a 500, and none takes longer than two seconds. Strings come from a seed, so that what fails can
be asked again. `python -m drills.search_fuzz [COUNT]` (5,000); FUZZ_STORIES (2,000) is the size of the archive.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes, urlencode, urlsplit

COUNT = 5_000
SLOW = 2.0
INSIDE = "inside"

WORDS = [
    "council",
    "record",
    "the",
    "budget",
    "Köln",
    "o'brien",
    "O’Brien",
    "AT&T",
    "covid-19",
    "5g",
    "e\u0301",
    "NOT",
]
#: What means something to FTS5, tsquery, LIKE, SQL, HTML, a shell, a template or nobody.
SIGNS = [
    *(
        '"',
        '""',
        "'",
        "''",
        "*",
        "**",
        "-",
        "--",
        "- -",
        "+",
        "(",
        ")",
        "((",
        "^",
        ":",
        "::",
        "!",
        "!!",
        "&",
        "|",
        "<->",
    ),
    *(
        "<3>",
        ":*",
        ":A",
        "\\",
        "\\'",
        "%",
        "_",
        ";",
        "--x",
        "/*",
        "*/",
        "{",
        "}",
        "{{",
        "{%",
        "$",
        "$$",
        "`",
        "~",
        "=",
        "@@",
    ),
    *(
        " AND ",
        " OR ",
        " NOT ",
        " NEAR(",
        "NEAR/2",
        "headline:",
        "{headline} :",
        "marks:",
        "rowid:",
        "?",
        "%s",
        "%(q)s",
        "\x00",
    ),
    *(
        "\t",
        "\n",
        "\r\n",
        "\x0b",
        "\x1f",
        "\x7f",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u200b",
        "\u00ad",
        "“",
        "”",
        "«",
        "‘",
        "—",
    ),
]
#: Writing of every direction and kind: right to left, joined, stacked, astral, unassigned, half a pair.
WRITING = [
    *(
        "שלום",
        "مرحبا",
        "\u202eevil\u202c",
        "\u2066x\u2069",
        "नमस्ते",
        "ประเทศ",
        "日本語",
        "한국어",
        "ﬁnance",
        "ſtraße",
        "İstanbul",
    ),
    *(
        "👩\u200d👩\u200d👧",
        "🇬🇧",
        "a" + "\u0301" * 40,
        "Z\u0351\u036b\u0343",
        "\U000e0041",
        "\uffff",
        "\U0010ffff",
        "\ud800",
    ),
    *("𝓬𝓸𝓾𝓷𝓬𝓲𝓵", "Ⅻ", "½", "٣", "①", "ǆ", "ß" * 70, "ﷺ", "᾿", "ΐ" * 30),
]
NONSENSE = [
    "",
    "0",
    "-1",
    "x",
    "'",
    "\x00",
    "9" * 400,
    "1e9",
    "²",
    "٣",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "null",
    "🙂",
]
FILTERS = ("section", "topic", "author", "from", "to", "sort", "page", "before", "q", "unknown")
SENSE = {
    "section": "security",
    "topic": "topic-1",
    "author": "writer-1",
    "from": "2020-01-01",
    "to": "2025-06-30",
    "sort": "relevance",
    "page": "2",
    "before": "1800000000000000000",
}


def addresses(count: int, seed: int = 1) -> Iterator[str]:
    order = random.Random(seed)
    yield from (
        f"/search/?q={raw}" for raw in ("%", "%ff%fe", "%00", "%c0%af", "%ed%a0%80", "%f4%90%80%80", "q=q&q=")
    )
    for _ in range(count):
        yield f"/search/?{_query(order)}"


def _query(order: random.Random) -> str:
    asked = [("q", _typed(order))]
    for _ in range(order.choice((0, 0, 1, 2, 4))):
        name = order.choice(FILTERS)
        sensible = name in SENSE and order.random() < 0.6
        asked.append((name, SENSE[name] if sensible else order.choice(NONSENSE)))
    if order.random() < 0.05:
        noise = quote_from_bytes(order.randbytes(order.randint(1, 60)))
        return f"{urlencode(asked, errors='surrogatepass')}&q={noise}"
    return urlencode(asked, errors="surrogatepass")


def _typed(order: random.Random) -> str:
    """A few parts, run together or apart; now and then as much as 10,000 signs."""
    kinds = order.choices((WORDS, SIGNS, WRITING), (4, 5, 3), k=order.randint(1, 14))
    text = order.choice(("", " ")).join(order.choice(kind) for kind in kinds)
    if order.random() < 0.03:
        return (text * 10_000)[:10_000]
    return text[: order.choice((200, 200, 200, 400))]


def run(count: int) -> dict[str, Any]:
    """Ask, and raise AssertionError with the first addresses that were answered badly."""
    from django.conf import settings
    from django.test import Client

    host = urlsplit(settings.SITE_URL).hostname or ""
    client = Client(headers={"Host": host}, raise_request_exception=False)
    statuses: Counter[int] = Counter()
    bad, slowest, total = [], (0.0, ""), 0.0
    client.get("/search/?q=warm")
    for address in addresses(count):
        started = time.perf_counter()
        status = client.get(address).status_code
        took = time.perf_counter() - started
        statuses[status] += 1
        total += took
        slowest = max(slowest, (took, address))
        if status >= 500:
            bad.append(address)
    assert not bad, f"{len(bad)} answers of 500: {bad[:5]}"
    return {
        "asked": statuses.total(),
        "statuses": dict(sorted(statuses.items())),
        "mean ms": round(1000 * total / statuses.total(), 1),
        "slowest ms": round(1000 * slowest[0]),
        "slowest": slowest[1][:150],
    }


def main(count: int) -> int:
    from benchmarks import _site

    failed = False
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.run("-m", "benchmarks._archive", os.environ.get("FUZZ_STORIES") or "2000")
            found = json.loads(site.run("-m", "drills.search_fuzz", INSIDE, str(count)))
        print(f"{vendor}: {found}")
        failed |= found["slowest ms"] > 1000 * SLOW
    return failed


if __name__ == "__main__":
    if sys.argv[1:2] == [INSIDE]:
        import django

        django.setup()
        print(json.dumps(run(int(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))

"""Drill F7: reads every live article of a site as machines do, and every feed and sitemap, and tells what is wrong.

`python -m drills.f7_machines [COUNT]` imports the real articles of the test data into a scratch database first;
`python -m drills.f7_machines --site` reads the site that DATABASE_URL names. Passes when nothing is wrong.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
#: sitemaps.org: addresses a file, and bytes.
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 1024 * 1024
META = ("description", "og:title", "og:description", "og:image", "og:url", "og:type", "twitter:card")


def articles() -> Iterator[tuple[str, str]]:
    """Each live article's address with one thing wrong with it; an article without fault comes once, with ""."""
    from django.test import Client
    from django.utils import timezone

    from articles.models import Edition

    client = Client()
    slugs = Edition.objects.live(timezone.now()).order_by("pk").values_list("slug", flat=True)
    for slug in list(slugs):
        path = f"/articles/{slug}/"
        yield from ((path, problem) for problem in [*_page(client.get(path), path), ""])


def _page(answer: object, path: str) -> Iterator[str]:
    from django.conf import settings

    from tests.html import assert_valid_html
    from tests.structured import blocks, problems

    if answer.status_code != 200:  # type: ignore[attr-defined]
        yield f"answers {answer.status_code}"  # type: ignore[attr-defined]
        return
    try:
        tree = assert_valid_html(answer.content)  # type: ignore[attr-defined]
    except AssertionError as fault:
        yield str(fault).replace("\n", " ")
        return
    for block in blocks(tree):
        yield from problems(block)
    found = {meta.get("name") or meta.get("property"): meta.get("content") for meta in tree.iter("meta")}
    yield from (f"{name} is missing or empty" for name in META if not found.get(name))
    canonical = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    if canonical != [f"{settings.SITE_URL}{path}"] or found.get("og:url") != canonical[0]:
        yield f"the canonical address is {canonical}"


def sitemaps() -> Iterator[str]:
    """Walk the index; every article live must stand in one part, once."""
    from django.test import Client
    from django.utils import timezone

    from articles.models import Edition

    client, listed = Client(), Counter[str]()
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    for place in [loc.text or "" for loc in index.iter(f"{SITEMAPS}loc")]:
        path = "/" + place.split("/", 3)[3]
        content = client.get(path).content
        addresses = [loc.text or "" for loc in ElementTree.fromstring(content).iter(f"{SITEMAPS}loc")]
        if len(addresses) > MOST_ADDRESSES or len(content) > MOST_BYTES:
            yield f"{path} is too long: {len(addresses)} addresses, {len(content)} bytes"
        listed.update(addresses)
    yield from (f"{address} stands {count} times" for address, count in listed.items() if count > 1)
    live = Edition.objects.live(timezone.now()).count()
    told = sum("/articles/" in address and not address.endswith("/articles/") for address in listed)
    if live != told:
        yield f"{live} articles are live, {told} are listed"
    news = ElementTree.fromstring(client.get("/news-sitemap.xml").content)
    if len(news) > 1000:
        yield f"the news sitemap lists {len(news)}"
    print(f"  {len(listed)} addresses in the sitemaps, {len(news)} in the news sitemap")


def feeds() -> Iterator[str]:
    """Read each feed as a client would, and once more with what it said of itself."""
    import feedparser
    from django.test import Client

    from articles import navigation
    from articles.models import Author, Tag

    client, read = Client(), 0
    kinds = [("topics", Tag), ("authors", Author)]
    places = ["/feeds/latest", *(f"{section.url}feed" for section in navigation.sections())]
    places += [
        f"/{kind}/{slug}/feed"
        for kind, model in kinds
        for slug in model.objects.values_list("slug", flat=True)
    ]
    for place in places:
        for ending in ("rss", "atom", "json"):
            answer = client.get(f"{place}.{ending}")
            if answer.status_code == 404 and not place.startswith("/feeds"):
                continue  # nothing live in it
            read += 1
            if ending != "json":
                parsed = feedparser.parse(answer.content)
                if parsed.bozo or not parsed.entries:
                    yield f"{place}.{ending}: {parsed.get('bozo_exception', 'no entries')}"
                yield from (
                    f"{place}.{ending}: an entry lacks {name}"
                    for entry in parsed.entries
                    for name in ("id", "title", "link", "published", "summary")
                    if not entry.get(name)
                )
            elif not all(item.get("id") and "content_html" in item for item in answer.json()["items"]):
                yield f"{place}.json: an item lacks its id or text"
            again = client.get(f"{place}.{ending}", headers={"If-None-Match": answer.headers["ETag"]})
            if again.status_code != 304:
                yield f"{place}.{ending}: is sent again unchanged"
    print(f"  {read} feeds read")


def drill() -> int:
    """Read everything; answer how much is wrong."""
    started, wrong, pages = time.monotonic(), Counter[str](), 0
    for path, problem in articles():
        pages += not problem
        if problem:
            wrong[problem[:90]] += 1
            if wrong[problem[:90]] <= 3:
                print(f"  {path}: {problem[:400]}", flush=True)
    print(f"  {pages} articles read in {time.monotonic() - started:.0f} s", flush=True)
    for check in (sitemaps, feeds):
        for problem in check():
            wrong[check.__name__] += 1
            print(f"  {problem[:400]}", flush=True)
    print(
        f"{sum(wrong.values())} problems",
        *(f"{count} × {what}" for what, count in wrong.most_common(20)),
        sep="\n  ",
    )
    return sum(wrong.values())


def _real(count: int | None) -> int:
    """Drill the real articles in a scratch database."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    from drills.real_articles import take_in

    setup_test_environment()
    real = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            print("  {} imported in {:.0f} s".format(*take_in(count, Path(folder))), flush=True)
        return drill()
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)
        teardown_test_environment()


def main() -> None:
    is_real = "--site" not in sys.argv
    if is_real:
        os.environ.update({"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTEST_DB_SUFFIX": "f7"})
        os.environ.setdefault("DATABASE_URL", "sqlite:///var/drill.sqlite3")
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
        os.environ.setdefault("DEBUG", "on")
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    sys.exit(1 if (_real(numbers[0] if numbers else None) if is_real else drill()) else 0)


if __name__ == "__main__":
    main()

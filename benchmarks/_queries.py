"""Inside a site with the demo: which pages are worth measuring, and how many questions each asks of its database."""

import json
from collections.abc import Iterable
from typing import Any

import django

PAGES = {
    "front page": "/",
    "latest": "/articles/",
    "search": "/search/?q=council",
    "corrections": "/corrections/",
    "alerts": "/alerts/",
    "404": "/no/such/page/",
}


def main() -> None:
    django.setup()
    from articles.models import Edition, EditionAuthor, EditionTag

    heaviest = {
        "article": _heaviest(edition.get_absolute_url() for edition in _live()),
        "section": _heaviest(
            {f"/sections/{slug}/" for slug in Edition.objects.values_list("section__slug", flat=True) if slug}
        ),
        "topic": _heaviest(
            {f"/topics/{slug}/" for slug in EditionTag.objects.values_list("tag__slug", flat=True)}
        ),
        "author": _heaviest(
            {f"/authors/{slug}/" for slug in EditionAuthor.objects.values_list("author__slug", flat=True)}
        ),
    }
    heaviest["history"] = f"{heaviest['article']}history/"
    print(
        json.dumps(
            {page: {"path": path, "queries": _queries(path)} for page, path in {**PAGES, **heaviest}.items()}
        )
    )


def _live() -> Any:
    from django.utils import timezone

    from articles.models import Edition

    return Edition.objects.live(timezone.now())


def _heaviest(paths: Iterable[str]) -> str:
    """The page of its kind that has most to send."""
    client = _client()
    answers = [(client.get(path), path) for path in paths]
    return max((len(answer.content), path) for answer, path in answers if answer.status_code == 200)[1]


def _queries(path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def _client() -> Any:
    from django.test import Client

    return Client(headers={"Host": "127.0.0.1"})


if __name__ == "__main__":
    main()

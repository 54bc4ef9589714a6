"""A search that takes too long: the database is stopped, and the reader is told calmly."""

import pytest
from django.db import connection
from django.test import Client

from articles.search import patience
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import Cast
from tests.pages.reading import read

ENDLESS = {
    "postgresql": "SELECT pg_sleep(20)",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
}


@pytest.mark.django_db(transaction=True)
def test_the_database_stops_and_goes_on_working(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    with pytest.raises(patience.TooLongError), patience.patience(), connection.cursor() as cursor:
        cursor.execute(ENDLESS[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_the_reader_is_told_what_to_do(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def by_date(*args: object, **kwargs: object) -> None:
        raise patience.TooLongError

    monkeypatch.setattr("articles.search.finding.by_date", by_date)
    page = read(client, "/search/?q=council", status=422)
    assert "That takes too long to look for" in page.words()


@pytest.mark.django_db
def test_the_desk_is_told_as_well(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def by_relevance(*args: object, **kwargs: object) -> None:
        raise patience.TooLongError

    monkeypatch.setattr("articles.search.finding.by_relevance", by_relevance)
    editor = signed_in(cast.editor)
    answer = editor.get("/admin/articles/front/choose/?seen=0&place=place-0&q=council")
    assert "That takes too long to look for" in answer.text
    assert editor.get("/admin/articles/story/related/?q=council").json() == {"stories": []}

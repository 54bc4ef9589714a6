"""My desk and what its lists lead to look at what is open, not at the archive behind it."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import Cast, draft

LIST = "/admin/articles/story/"
#: Rows of each table, as its statistics say.
ROWS = 1_000_000


@pytest.fixture
def sqlite_with_statistics(db: None) -> Iterator[None]:
    """Have SQLite believe that its tables are large: a thousand rows for each value, one for each combination."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute(
            "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND tbl_name LIKE 'articles_%'"
        )
        for table, index in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM pragma_index_info('{index}')")
            columns = cursor.fetchone()[0]
            rows = " ".join([str(ROWS), *[_rows_of_each(index)] * (columns > 0), *["1"] * (columns - 1)])
            cursor.execute("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", [table, index, rows])
        cursor.execute("ANALYZE sqlite_schema")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


def _rows_of_each(index: str) -> str:
    """There are four states, so SQLite takes each for a quarter of all."""
    return str(ROWS // 4 if index == "story_state_updated" else ROWS // 1000)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts how many rows are of each state")
@pytest.mark.parametrize(
    "page", ["/admin/", f"{LIST}queue/", f"{LIST}?mine=open", f"{LIST}?desk=held", f"{LIST}?desk=owed"]
)
def test_walks_no_archive(page: str, cast: Cast, sqlite_with_statistics: None) -> None:
    draft(cast.editor)
    client = signed_in(cast.manager)
    with CaptureQueriesContext(connection) as ran:
        assert client.get(page).status_code == 200
    of_stories = [query["sql"] for query in ran if '"articles_story"' in query["sql"]]
    walked = [sql for sql in of_stories if sql.startswith("SELECT") and "SCAN articles_story" in _plan(sql)]
    assert of_stories and walked == []


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return " ".join(str(row) for row in cursor.fetchall())

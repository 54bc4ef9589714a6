"""A request cannot bring the site down by what it says that it is written in, and the first is served as the others."""

import subprocess
import sys
from typing import Any

import pytest

from newsroom.wsgi import application, without_odd_charset

ODD = ("rot13", "base64", "hex", "undefined", "idna", "zlib", "no-such", "", "\x00")


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ODD, ids=ascii)
def test_a_page_answers_all_the_same(charset: str, rf: Any) -> None:
    environ = rf._base_environ(PATH_INFO="/robots.txt")
    environ["CONTENT_TYPE"] = f"text/plain; charset={charset}"
    told: list[str] = []
    body = application(environ, lambda status, headers, *rest: told.append(status))
    assert b"User-agent" in b"".join(body)
    assert told == ["200 OK"]


def test_a_charset_of_text_is_kept() -> None:
    for kept in ("text/plain", "text/plain; charset=utf-8", 'text/html; charset="latin-1"; x=y'):
        assert without_odd_charset(kept) == kept


def test_the_code_of_pages_is_there_before_the_first_reader() -> None:
    told = "import sys, newsroom.wsgi; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout
    assert {"articles.views.article", "articles.api.app", "alerts.urls"} <= {*loaded.split()}

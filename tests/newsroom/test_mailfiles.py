"""A developer reads the site's mail in a folder, and follows the links in it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

LINK = "http://127.0.0.1:8000/alerts/confirm/" + "0123456789abcdef" * 4 + "/"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MAILERS = {
        "default": {"BACKEND": "newsroom.mailfiles.EmailBackend", "OPTIONS": {"file_path": str(tmp_path)}}
    }
    return tmp_path


def test_each_mail_is_a_file_named_by_whom_it_is_for(folder: Path) -> None:
    for name in ("one", "two"):
        EmailMultiAlternatives("Hello", "Text", "news@example.org", [f"{name}@example.org"]).send(
            using="default"
        )
    assert [path.name.partition("-")[2][14:] for path in sorted(folder.iterdir())] == [
        "one@example.org.eml",
        "two@example.org.eml",
    ]


def test_its_links_are_whole_and_its_words_as_they_are(folder: Path) -> None:
    mail = EmailMultiAlternatives(
        "Köln", f"Grüße – confirm here: {LINK}", "news@example.org", ["reader@example.org"]
    )
    mail.attach_alternative(f'<p>Grüße <a href="{LINK}?a=b">confirm</a></p>', "text/html")
    mail.send(using="default")
    text = next(folder.iterdir()).read_text()
    assert f"Grüße – confirm here: {LINK}" in text
    assert f'<a href="{LINK}?a=b">' in text
    assert "Subject: Köln" in text


def test_a_name_that_is_no_file_name_breaks_nothing(folder: Path) -> None:
    EmailMultiAlternatives("Hello", "Text", "news@example.org", ['"../../etc"@example.org']).send(
        using="default"
    )
    assert len(list(folder.iterdir())) == 1

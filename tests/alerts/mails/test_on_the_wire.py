"""Drill A13, small: what a real mail server took of mails of every kind about stories with hostile names."""

import pytest

from drills._headers import sent
from drills.a13_headers import judge

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


def test_every_kind_of_mail_arrives_as_a_mail_should() -> None:
    taken = sent(14)
    assert [fault for content in taken for fault in judge(content, site=SITE)] == []
    assert any(b"List-Unsubscribe:" in content for content in taken)


def test_the_drill_can_fail() -> None:
    wrong = b"To: a@example.org, b@example.org\r\nX-Injected: yes\r\nList-ID: <a.example>\r\nSubject: x\r\n\r\nText"
    found = " ".join(judge(wrong, site=SITE))
    for words in ("nobody asked for", "lacks", "not one recipient", "cannot be left", "other parts"):
        assert words in found

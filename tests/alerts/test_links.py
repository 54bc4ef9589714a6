"""Drills E10 and E12, small: who opens the links of mails changes nothing, and what is nearly a link is none."""

import pytest
from django.test import Client

from drills._readers import dump, fill
from drills.e10_scanner import ODD
from drills.e12_tokens import mutations

pytestmark = pytest.mark.django_db


@pytest.fixture
def links() -> list[dict[str, str]]:
    return fill(3)


class TestDrillE10:
    def test_opening_a_link_changes_nothing(self, client: Client, links):
        before = dump()
        for path in (path for reader in links for path in reader.values()):
            for address in (path, *(path + odd for odd in ODD)):
                assert client.get(address).status_code == client.head(address).status_code == 200
        assert dump() == before
        assert before["alerts_registration"].startswith("3 rows")


class TestDrillE12:
    def test_nothing_but_the_link_itself_is_taken(self, client: Client, links):
        before = dump()
        tried = list(mutations(links, 280))
        assert {client.generic(method, path).status_code for method, path in tried} == {404}
        assert dump() == before

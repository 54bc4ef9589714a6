"""Drill E6, its redirects: wherever an address to go on to is taken, none of sixty forms leads off the site."""

from urllib.parse import quote

import pytest
from django.test import Client

from drills._redirects import FORMS, leaves
from tests.accounts.conftest import PASSWORD
from tests.newsdesk import Cast

SITE = "http://testserver"
FILLED = [form.format(host="testserver") for form in FORMS]


def test_there_are_sixty() -> None:
    assert len(set(FILLED)) == 60
    assert all(leaves(f"https://evil.example{rest}", site=SITE) for rest in ("", "/"))
    assert not any(leaves(where, site=SITE) for where in ("/admin/", f"{SITE}/", "?a=//b", "#x"))


@pytest.mark.django_db
class TestGoingOn:
    def test_from_signing_in(self, cast: Cast) -> None:
        for form in FILLED:
            client = Client()
            client.force_login(cast.editor)
            for address in (f"/accounts/login/?next={quote(form)}", f"/admin/login/?next={quote(form)}"):
                location = client.get(address).headers.get("Location", "/")
                assert not leaves(location, site=SITE), (address, location)

    def test_from_the_form_itself(self, cast: Cast) -> None:
        for form in FILLED[::6]:
            data = {"login": cast.editor.email, "password": PASSWORD, "next": form}
            answer = Client().post("/accounts/login/", data)
            assert not leaves(answer["Location"], site=SITE), form

    def test_from_signing_out(self, cast: Cast) -> None:
        for form in FILLED:
            client = Client()
            client.force_login(cast.editor)
            answer = client.post("/accounts/logout/", {"next": form})
            assert answer.status_code == 302
            assert not leaves(answer["Location"], site=SITE), form

    def test_from_confirming_that_it_is_you(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.editor)
        for form in FILLED:
            answer = client.post(f"/accounts/reauthenticate/?next={quote(form)}", {"password": PASSWORD})
            assert answer.status_code == (404 if "\x00" in form else 302)
            assert not leaves(answer.headers.get("Location", "/"), site=SITE), form

    def test_from_an_address_without_its_slash(self, db: None) -> None:
        """Django adds the slash to the path; one that begins with two would be another host."""
        for path in ("//evil.example", "//evil.example/x", "/\\evil.example", "///evil.example/%2f.."):
            location = Client().get(path).headers.get("Location", "/")
            assert not leaves(location, site=SITE), path

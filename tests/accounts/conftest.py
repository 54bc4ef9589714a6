"""Mails that leave at once instead of from a thread, and people who sign in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts import mails
from accounts.models import User

PASSWORD = "correct horse battery"


class AtOnce:
    """Stands in for the pool of threads that mails leave from."""

    def submit(self, work: Callable[..., Any], *args: Any) -> None:
        work(*args)


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    monkeypatch.setattr(mails, "_pool", AtOnce())
    return mailoutbox


@pytest.fixture
def sign_in(db: None) -> Callable[[User], Client]:
    """Sign somebody in the way they do it themselves, each in a browser of their own."""

    def browser(person: User, password: str = PASSWORD) -> Client:
        client = Client()
        client.post("/accounts/login/", {"login": person.email, "password": password})
        assert client.session.get("_auth_user_id") == str(person.pk)
        return client

    return browser

"""Drill E14, small: guessing is over after ten tries, and keeps nobody out but whoever guesses."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from accounts import attempts, throttling
from accounts.attempts import Attempt, Limit
from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.newsdesk import NOW, Cast

TOO_MANY = "Too many attempts from here."
ATTACKER, SECOND_ATTACKER, OWNER = "203.0.113.1", "203.0.113.2", "198.51.100.7"


def attempt(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password})


def guess(person: User, times: int, *, source: str = ATTACKER) -> list[bool]:
    """Guess so often; say of each guess whether it was looked at."""
    client = Client(REMOTE_ADDR=source)
    return [TOO_MANY not in attempt(client, person.email, f"guess {n}").text for n in range(times)]


def gets_in(client: Client, person: User, password: str = PASSWORD) -> bool:
    return attempt(client, person.email, password).status_code == 302


class TestGuessing:
    def test_is_over_after_ten_tries_in_a_quarter_of_an_hour(self, cast: Cast) -> None:
        assert sum(guess(cast.editor, 30)) == 10
        assert sum(guess(cast.editor, 30, source=SECOND_ATTACKER)) == 10
        assert not gets_in(Client(REMOTE_ADDR=ATTACKER), cast.editor)

    def test_does_not_keep_the_owner_out(self, cast: Cast) -> None:
        guess(cast.editor, 30)
        guess(cast.editor, 30, source=SECOND_ATTACKER)
        assert gets_in(Client(REMOTE_ADDR=OWNER), cast.editor)

    def test_does_not_keep_out_a_browser_that_was_here_before_even_beside_the_attacker(
        self, cast: Cast
    ) -> None:
        browser = Client(REMOTE_ADDR=ATTACKER)
        assert gets_in(browser, cast.editor)
        browser.post("/accounts/logout/")
        guess(cast.editor, 30)
        assert gets_in(browser, cast.editor)

    def test_from_a_browser_that_was_here_before_is_over_after_ten_too(self, cast: Cast) -> None:
        browser = Client(REMOTE_ADDR=OWNER)
        gets_in(browser, cast.editor)
        browser.post("/accounts/logout/")
        for n in range(10):
            attempt(browser, cast.editor.email, f"guess {n}")
        assert TOO_MANY in attempt(browser, cast.editor.email).text

    def test_from_a_browser_that_was_here_before_is_over_for_the_day_after_a_hundred(
        self, cast: Cast
    ) -> None:
        browser, looked_at = Client(REMOTE_ADDR=ATTACKER), 0
        with time_machine.travel(NOW, tick=False) as clock:
            gets_in(browser, cast.editor)
            browser.post("/accounts/logout/")
            for _ in range(12):
                clock.shift(timedelta(minutes=16))
                answers = [attempt(browser, cast.editor.email, f"guess {n}").text for n in range(10)]
                looked_at += sum(TOO_MANY not in answer for answer in answers)
            assert looked_at == 100
            assert gets_in(Client(REMOTE_ADDR=OWNER), cast.editor)
            clock.shift(timedelta(days=1))
            assert gets_in(browser, cast.editor)

    def test_with_the_cookie_of_another_account_is_no_better(self, cast: Cast) -> None:
        browser = Client(REMOTE_ADDR=ATTACKER)
        gets_in(browser, cast.contributor)
        browser.post("/accounts/logout/")
        guess(cast.editor, 10)
        assert TOO_MANY in attempt(browser, cast.editor.email).text

    def test_with_a_forged_cookie_is_no_better(self, cast: Cast) -> None:
        guess(cast.editor, 10)
        browser = Client(REMOTE_ADDR=ATTACKER)
        browser.cookies["device"] = "eyJhIjoiYiJ9:1abcde:forged"
        assert TOO_MANY in attempt(browser, cast.editor.email).text

    def test_may_go_on_after_a_quarter_of_an_hour(self, cast: Cast) -> None:
        with time_machine.travel(NOW, tick=False):
            guess(cast.editor, 10)
        with time_machine.travel(NOW + timedelta(minutes=15, seconds=1), tick=False):
            assert gets_in(Client(REMOTE_ADDR=ATTACKER), cast.editor)

    def test_is_over_at_an_address_nobody_has_as_well(self, db: None) -> None:
        stranger = User(email="nobody@newsroom.example")
        assert sum(guess(stranger, 12)) == 10

    def test_at_many_accounts_from_one_network_is_over(self, db: None) -> None:
        client = Client(REMOTE_ADDR=ATTACKER)
        answers = [attempt(client, f"person{n}@newsroom.example", "x").text for n in range(62)]
        assert sum(TOO_MANY not in answer for answer in answers) == 60

    def test_from_many_networks_is_over_for_the_day_but_not_for_the_owner(
        self, cast: Cast, outbox: list[Any]
    ) -> None:
        known = Client(REMOTE_ADDR=OWNER)
        assert gets_in(known, cast.editor)
        known.post("/accounts/logout/")
        looked_at = sum(sum(guess(cast.editor, 10, source=f"192.0.2.{n}")) for n in range(12))
        assert looked_at == 100
        assert gets_in(known, cast.editor)
        new = Client(REMOTE_ADDR="198.51.100.8")
        assert not gets_in(new, cast.editor)
        new.post("/accounts/password/reset/", {"email": cast.editor.email})
        link = next(word for word in outbox[-1].body.split() if "/reset/key/" in word)
        password = "three unrelated words"
        new.post(new.get(link)["Location"], {"password1": password, "password2": password})
        assert gets_in(new, cast.editor, password)

    def test_asks_no_cache(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """A Redis that is down must not let anybody guess without end, nor keep everybody out."""

        def down(*args: Any, **kwargs: Any) -> None:
            raise ConnectionError

        for name in ("get", "set", "add", "delete"):
            monkeypatch.setattr(type(cache._connections["default"]), name, down)  # type: ignore[attr-defined]
        assert sum(guess(cast.editor, 11)) == 10
        assert gets_in(Client(REMOTE_ADDR=OWNER), cast.editor)


class TestAskingForResets:
    def test_sends_three_mails_an_hour_and_says_the_same_of_the_fourth(
        self, cast: Cast, outbox: list[Any]
    ) -> None:
        answers = [Client().post("/accounts/password/reset/", {"email": cast.editor.email}) for _ in range(5)]
        assert {answer["Location"] for answer in answers} == {"/accounts/password/reset/done/"}
        assert len(outbox) == 3

    def test_for_many_addresses_is_over_for_a_network(self, db: None) -> None:
        asks = [Client().post("/accounts/password/reset/", {"email": f"p{n}@x.example"}) for n in range(31)]
        assert [answer.status_code for answer in asks].count(429) == 1
        elsewhere = Client(REMOTE_ADDR=OWNER).post("/accounts/password/reset/", {"email": "p@x.example"})
        assert elsewhere.status_code == 302


class TestCurrentPassword:
    def test_cannot_be_guessed_by_whoever_finds_a_browser_open(
        self, cast: Cast, sign_in: Callable[[User], Client]
    ) -> None:
        browser = sign_in(cast.editor)
        data = {"oldpassword": "a guess", "password1": "x" * 20, "password2": "x" * 20}
        answers = [browser.post("/accounts/password/change/", data).text for _ in range(11)]
        assert ["Too many" in answer for answer in answers] == [False] * 10 + [True]

    def test_cannot_be_guessed_where_it_is_asked_for_again(
        self, cast: Cast, sign_in: Callable[[User], Client]
    ) -> None:
        browser = sign_in(cast.editor)
        answers = [browser.post("/accounts/reauthenticate/", {"password": "a guess"}).text for _ in range(11)]
        assert ["Too many" in answer for answer in answers] == [False] * 10 + [True]
        assert User.objects.filter(pk=cast.editor.pk).exists()


class TestCounting:
    LIMIT = Limit("test", ("a",), 3, timedelta(minutes=15))

    def test_counts_each_try_against_each_limit_or_none(self, db: None) -> None:
        other = Limit("test", ("b",), 1, timedelta(minutes=15))
        assert attempts.take([self.LIMIT, other], NOW)
        assert attempts.take([self.LIMIT, other], NOW) is None
        assert Attempt.objects.within(self.LIMIT, NOW).count() == 1

    def test_gives_back(self, db: None) -> None:
        for _ in range(10):
            attempts.give_back(attempts.take([self.LIMIT], NOW) or pytest.fail("none was left"))

    def test_forgets_after_a_day(self, db: None) -> None:
        attempts.take([self.LIMIT], NOW)
        attempts.forget_old(NOW + timedelta(hours=23))
        assert Attempt.objects.count() == 1
        attempts.forget_old(NOW + timedelta(hours=25))
        assert not Attempt.objects.exists()

    def test_keeps_no_address(self, cast: Cast) -> None:
        guess(cast.editor, 1)
        assert all(re.fullmatch("[0-9a-f]{64}", key) for key in Attempt.objects.values_list("key", flat=True))

    def test_looks_back_no_further_than_attempts_are_kept(self, rf: Any) -> None:
        request = rf.post("/")
        limits = [
            *throttling.guesses(request, "a", kind="x"),
            *throttling.reset_mails("a"),
            *throttling.requests(request, "x"),
        ]
        assert max(limit.within for limit in limits) <= attempts.KEPT


class TestAskingForAPasskey:
    def test_is_over_for_a_network_too_as_each_question_is_kept_in_a_session(self, db: None) -> None:
        asked = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
        codes = [Client().get("/accounts/2fa/webauthn/login/", **asked).status_code for _ in range(40)]
        assert set(codes[:30]) == {200}
        assert set(codes[30:]) == {429}
        assert Session.objects.count() == 30

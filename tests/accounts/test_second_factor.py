"""Drill E15: managers and administrators get nowhere without a second factor, on any way in there is."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import invitations, resets
from accounts.models import Role, User
from accounts.second_factor import SETTING_UP
from tests import walking
from tests.accounts.conftest import PASSWORD
from tests.accounts.keys import with_key
from tests.newsdesk import NOW, Cast, published

LOGIN = "/accounts/login/"
SET_UP = "/accounts/2fa/"
ACTIVATE = "/accounts/2fa/totp/activate/"
NEW = "three unrelated words"


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


def attempt(client: Client, person: User, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": password})


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_app(person: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return str(secret)


def set_up(client: Client) -> Any:
    """Set up an app as the page says."""
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(ACTIVATE).text)
    assert secret
    return client.post(ACTIVATE, {"code": code(secret[1].replace(" ", ""))})


def signed_in_with_both(person: User) -> Client:
    secret, client = with_app(person), Client()
    attempt(client, person)
    client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    return client


def gets_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


class TestWhoMustHaveOne:
    @pytest.mark.parametrize("who", ["manager", "administrator"])
    def test_is_led_to_set_it_up_and_nowhere_else(self, client: Client, cast: Cast, who: str) -> None:
        attempt(client, getattr(cast, who))
        answer = client.get("/admin/articles/story/", follow=True)
        assert answer.redirect_chain[-1] == (SET_UP, 302)
        assert f"As {who} you sign in with two things" in answer.text
        assert "The desk</a>" not in answer.text, "nothing is offered that is still closed"

    @pytest.mark.parametrize("who", ["contributor", "editor"])
    def test_is_nobody_else(self, client: Client, cast: Cast, who: str) -> None:
        attempt(client, getattr(cast, who))
        assert gets_in(client)

    def test_is_nobody_where_the_newsroom_does_not_ask(
        self, client: Client, cast: Cast, settings: Any
    ) -> None:
        settings.REQUIRE_SECOND_FACTOR = False
        attempt(client, cast.manager)
        assert gets_in(client)
        settings.REQUIRE_SECOND_FACTOR = True
        assert not gets_in(client)

    @pytest.mark.django_db(transaction=True)
    def test_gets_in_once_it_is_set_up(self, client: Client, cast: Cast) -> None:
        attempt(client, cast.manager)
        assert set_up(client)["Location"] == "/accounts/2fa/recovery-codes/"
        codes = client.get("/accounts/2fa/recovery-codes/").text
        assert codes.count("<li><code>") == 10
        assert gets_in(client)

    def test_cannot_set_up_a_second_one_with_the_password_alone(self, cast: Cast) -> None:
        """A session from before there was one would otherwise be a way round it."""
        before = Client()
        before.force_login(cast.manager)
        with_app(cast.manager)
        for page in (SET_UP, ACTIVATE, "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/"):
            assert before.get(page)["Location"].startswith((LOGIN, "/accounts/login/"))
        assert not gets_in(before)


class TestEveryWayIn:
    @pytest.fixture(autouse=True)
    def _has_one(self, cast: Cast) -> None:
        with_app(cast.manager)

    def is_asked(self, client: Client, answer: Any) -> None:
        assert answer["Location"].startswith("/accounts/2fa/authenticate/")
        assert not gets_in(client)

    def test_by_password(self, client: Client, cast: Cast) -> None:
        self.is_asked(client, attempt(client, cast.manager))

    def test_by_password_kept_signed_in(self, client: Client, cast: Cast) -> None:
        answer = client.post(LOGIN, {"login": cast.manager.email, "password": PASSWORD, "remember": "on"})
        self.is_asked(client, answer)

    def test_by_the_admins_own_form(self, client: Client, cast: Cast) -> None:
        client.post("/admin/login/", {"username": cast.manager.email, "password": PASSWORD})
        assert not gets_in(client)

    def test_after_a_reset(self, client: Client, cast: Cast, outbox: list[Any]) -> None:
        client.post("/accounts/password/reset/", {"email": cast.manager.email})
        link = next(word for word in outbox[0].body.split() if "/reset/key/" in word)
        client.post(client.get(link)["Location"], {"password1": NEW, "password2": NEW})
        assert not gets_in(client)
        self.is_asked(client, attempt(client, cast.manager, NEW))

    def test_with_a_recovery_code_in_place_of_the_password(self, client: Client, cast: Cast) -> None:
        codes = Authenticator.objects.get(user=cast.manager, type="recovery_codes").wrap().get_unused_codes()
        attempt(client, cast.manager, codes[0])
        assert not gets_in(client)

    def test_by_a_recovery_code_once(self, client: Client, cast: Cast, outbox: list[Any]) -> None:
        codes = Authenticator.objects.get(user=cast.manager, type="recovery_codes").wrap().get_unused_codes()
        attempt(client, cast.manager)
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert "You have 9 recovery codes left." in client.get("/admin/").text
        assert "A recovery code was used" in outbox[0].subject
        assert "You have 9 left" in outbox[0].body
        again = Client()
        attempt(again, cast.manager)
        assert "not right" in again.post("/accounts/2fa/authenticate/", {"code": codes[0]}).text
        assert not gets_in(again)

    def test_with_the_stage_left_out(self, client: Client, cast: Cast) -> None:
        attempt(client, cast.manager)
        for page in ("/admin/", SET_UP, "/accounts/password/change/", "/accounts/reauthenticate/"):
            assert client.get(page).status_code == 302
        assert not gets_in(client)

    def test_by_invitation(self, client: Client, db: None) -> None:
        new = User.objects.create_user("nia@newsroom.example", name="Nia", role=Role.MANAGER)
        client.get(f"/accounts/invitation/{invitations.token(new)}/")
        client.post("/accounts/invitation/join/", {"password1": NEW, "password2": NEW})
        attempt(client, new, NEW)
        assert client.get("/admin/", follow=True).redirect_chain[-1] == (SET_UP, 302)

    def test_by_a_session_from_before_a_promotion(self, cast: Cast) -> None:
        client = Client()
        attempt(client, cast.editor)
        assert gets_in(client)
        User.objects.filter(pk=cast.editor.pk).update(role=Role.MANAGER)
        assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(LOGIN)

    def test_by_reauthenticating(self, cast: Cast) -> None:
        """Showing the password again is no second factor."""
        client = Client()
        client.force_login(cast.second_manager)
        answer = client.post("/accounts/reauthenticate/?next=/admin/", {"password": PASSWORD})
        assert (answer.status_code, gets_in(client)) == (302, False)

    def test_by_a_code_that_was_used_before(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """Noted in the database: a cache may be down, or another process's."""
        monkeypatch.setattr("allauth.mfa.totp.internal.auth.cache", None)
        first, secret = Client(), with_app(cast.administrator)
        attempt(first, cast.administrator)
        used = code(secret)
        first.post("/accounts/2fa/authenticate/", {"code": used})
        assert gets_in(first)
        again = Client()
        attempt(again, cast.administrator)
        again.post("/accounts/2fa/authenticate/", {"code": f" {used[:3]} {used[3:]}"})
        assert not gets_in(again)

    def test_wrong_codes_run_out(self, client: Client, cast: Cast) -> None:
        attempt(client, cast.manager)
        for _ in range(10):
            client.post("/accounts/2fa/authenticate/", {"code": "000000"})
        said = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).text
        assert "Too many attempts" in said
        assert "set a new password" not in said, "that does not help here"

    def test_wrong_codes_run_out_for_whoever_has_the_mailbox(self, client: Client, cast: Cast) -> None:
        """Each new password would else be worth ten more guesses at the code."""
        attempt(client, cast.manager)
        for _ in range(10):
            client.post("/accounts/2fa/authenticate/", {"code": "000000"})
        path = client.get(urlsplit(resets.link(cast.manager)).path, follow=True).request["PATH_INFO"]
        client.post(path, {"password1": NEW, "password2": NEW})
        attempt(client, cast.manager, NEW)
        assert "Too many attempts" in client.post("/accounts/2fa/authenticate/", {"code": "000000"}).text


class TestAsking:
    """Only for what somebody has."""

    def asked(self, client: Client, person: User) -> str:
        return str(client.post(LOGIN, {"login": person.email, "password": PASSWORD}, follow=True).text)

    def test_with_an_app(self, client: Client, cast: Cast) -> None:
        with_app(cast.editor)
        page = self.asked(client, cast.editor)
        assert "Six digits from your authenticator app" in page
        assert "passkey" not in page

    def test_with_a_key_alone(self, client: Client, cast: Cast) -> None:
        with_key(cast.editor)
        page = self.asked(client, cast.editor)
        assert page.index("Use your passkey or security key") < page.index("One of your recovery codes.")
        assert "Six digits" not in page

    def test_says_that_a_key_is_none_of_theirs(self, client: Client, cast: Cast) -> None:
        with_key(cast.editor)
        self.asked(client, cast.editor)
        page = client.post("/accounts/2fa/authenticate/", {"credential": "{}"}).text
        assert 'id="passkey-problem">That did not work.' in page


def test_recovery_codes_that_are_kept_say_what_they_are_for(cast: Cast) -> None:
    kept = signed_in_with_both(cast.editor).get("/accounts/2fa/recovery-codes/download/").text
    assert f"Recovery codes of {cast.editor.email} at The Civic Wire" in kept
    codes = Authenticator.objects.get(user=cast.editor, type="recovery_codes").wrap().get_unused_codes()
    assert [line.replace(" ", "") for line in kept.split("\n") if line[:1].isdigit()] == codes


class TestTakingAway:
    def test_ends_every_session_and_is_told(self, cast: Cast, outbox: list[Any]) -> None:
        theirs, administrators = signed_in_with_both(cast.manager), signed_in_with_both(cast.administrator)
        assert gets_in(theirs)
        chosen = {"action": "take_away_second_factor", "_selected_action": cast.manager.pk}
        page = administrators.post("/admin/accounts/user/", chosen, follow=True)
        assert "has no second factor any more" in page.text
        assert not gets_in(theirs)
        assert outbox[-1].to == [cast.manager.email]
        assert "taken away" in outbox[-1].subject
        attempt(theirs, cast.manager)
        assert theirs.get("/admin/", follow=True).redirect_chain[-1] == (SET_UP, 302)

    def test_of_ones_own_is_refused(self, cast: Cast) -> None:
        mine = signed_in_with_both(cast.administrator)
        chosen = {"action": "take_away_second_factor", "_selected_action": cast.administrator.pk}
        assert "on the pages of your account" in mine.post("/admin/accounts/user/", chosen, follow=True).text
        assert gets_in(mine)

    def test_is_a_command_for_the_last_administrator(self, cast: Cast, outbox: list[Any]) -> None:
        mine = signed_in_with_both(cast.administrator)
        call_command("take_away_second_factor", cast.administrator.email.upper())
        assert not gets_in(mine)
        with pytest.raises(CommandError, match="Nobody signs in"):
            call_command("take_away_second_factor", "nobody@newsroom.example")


class TestChangingOnesOwn:
    @pytest.mark.django_db(transaction=True)
    def test_setting_one_up_ends_all_other_sessions(
        self, cast: Cast, sign_in: Callable[[User], Client]
    ) -> None:
        here, there = sign_in(cast.editor), sign_in(cast.editor)
        set_up(here)
        assert (gets_in(here), gets_in(there)) == (True, False)

    def test_removing_the_last_one_leads_to_setting_one_up(self, cast: Cast) -> None:
        client = signed_in_with_both(cast.manager)
        client.post("/accounts/2fa/totp/deactivate/")
        assert not Authenticator.objects.filter(user=cast.manager).exists()
        assert client.get("/admin/", follow=True).redirect_chain[-1] == (SET_UP, 302)


class TestEveryRoute:
    """Walks the site's whole map, so that a page which lets half-signed-in managers act fails here by its address."""

    @pytest.mark.parametrize("who", ["manager", "administrator"])
    def test_answers_a_manager_without_one_as_it_answers_anybody(self, cast: Cast, who: str) -> None:
        number = published(cast, now=NOW).pk
        half, nobody = Client(raise_request_exception=False), Client(raise_request_exception=False)
        both = signed_in_with_both(cast.second_manager if who == "manager" else _another_administrator())
        opened = 0
        for route, pattern in walking.routes():
            if pattern.name in SETTING_UP | {"account_login"}:
                continue
            address = walking.address(route, number)
            for ask in ("get", "post"):
                half.force_login(getattr(cast, who))
                got, expected = getattr(half, ask)(address), getattr(nobody, ask)(address)
                assert _said(got) == _said(expected), f"{ask} {address}"
            if route.startswith("admin/"):
                opened += both.get(address).status_code == 200
        assert opened >= 5, "the walk finds pages that are there for whoever has shown both"


def _another_administrator() -> User:
    return User.objects.create_user("other@newsroom.example", PASSWORD, name="Other", role=Role.ADMINISTRATOR)


def _said(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.headers.get("Location", "")

"""Signing in as those who do it see it: each page in each state under axe (WCAG 2.2 AA), and a passkey by keyboard."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from accounts import attempts, invitations, resets
from accounts.models import User
from drills._judging import judge_as_it_stands
from drills._walking import Walker
from tests.accounts.conftest import PASSWORD
from tests.accounts.keys import with_key
from tests.accounts.test_second_factor import code, signed_in_with_both, with_app
from tests.newsdesk import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("outbox"),
]

SEND = "main form button[type=submit]"


class Visitor:
    """Somebody at a browser, who looks at each page and remembers what was wrong with it."""

    def __init__(self, page: Any, site: str) -> None:
        self.page, self.site = page, site
        self.wrong: list[str] = []
        self.seen: list[str] = []

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site}/accounts/{path}")
        self.look()

    def send(self, button: str = SEND, **typed: str) -> None:
        for name, words in typed.items():
            self.page.fill(f"[name={name}]", words)
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        self.look()

    def look(self) -> None:
        self.seen.append(self.page.locator("h1").inner_text())
        self.wrong += judge_as_it_stands(self.page)

    def signs_in(self, person: User) -> None:
        self.page.goto(f"{self.site}/accounts/login/")
        self.send(login=person.email, password=PASSWORD)

    def with_session_of(self, client: Client) -> None:
        session = {"name": "session", "value": client.cookies["session"].value, "url": self.site}
        self.page.context.add_cookies([session])


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def visitor(page: Any, live_server: Any) -> Iterator[Visitor]:
    visitor = Visitor(page, live_server.url)
    yield visitor
    assert visitor.wrong == []


class TestEveryPage:
    def test_for_somebody_who_is_not_in(
        self, visitor: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for path in ("signup/", "inactive/", "password/reset/done/", "invitation/none/"):
            visitor.open(path)
        visitor.open("login/")
        visitor.send()
        visitor.send(login=cast.editor.email, password="wrong")
        link = resets.link(cast.editor).partition("/accounts/")[2]
        visitor.open(link)
        visitor.send(password1="short", password2="other")
        visitor.send(password1="three unrelated words", password2="three unrelated words")
        visitor.open(link)
        new = User.objects.create_user("nia@newsroom.example", name="Nia", role="editor")
        visitor.open(invitations.link(new).partition("/accounts/")[2])
        visitor.send(password1="short", password2="other")
        visitor.open("password/reset/")
        visitor.send()
        monkeypatch.setattr(attempts, "take", lambda *limits: None)
        visitor.send(email=cast.editor.email)
        assert visitor.seen[-1] == "Too many requests"
        visitor.signs_in(cast.editor)
        assert "Too many attempts" in visitor.page.locator(".summary").inner_text()

    def test_while_one_is_set_up(self, visitor: Visitor, cast: Cast) -> None:
        visitor.signs_in(cast.manager)
        assert visitor.seen[-1] == "Set up a second factor"
        visitor.open("2fa/webauthn/add/")
        visitor.page.evaluate("document.dispatchEvent(new Event('allauth.error'))")
        assert visitor.page.locator("#passkey-problem").is_visible()
        visitor.look()
        visitor.open("2fa/totp/activate/")
        visitor.send(code="123456")
        visitor.page.locator("summary").click()
        visitor.look()
        secret = visitor.page.locator("details code").inner_text().replace(" ", "")
        visitor.send(code=code(secret))
        assert visitor.seen[-1] == "Recovery codes"

    def test_of_what_is_set_up(self, visitor: Visitor, cast: Cast) -> None:
        client = signed_in_with_both(cast.editor)
        visitor.with_session_of(client)
        key = with_key(cast.editor)
        for path in (
            *("2fa/", "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/"),
            *("2fa/webauthn/", "2fa/webauthn/add/", f"2fa/webauthn/keys/{key.pk}/remove/"),
            *("reauthenticate/", "2fa/reauthenticate/", "2fa/webauthn/reauthenticate/", "logout/"),
        ):
            visitor.open(path)
        visitor.open("2fa/reauthenticate/")
        visitor.send(code="000000")
        visitor.open("password/change/")
        visitor.send(oldpassword="x", password1="short", password2="other")
        visitor.open(f"2fa/webauthn/keys/{key.pk}/edit/")
        visitor.send(name="")
        session = client.session
        session["accounts.active"] = time.time() - 86_400
        session.save()
        visitor.page.goto(f"{visitor.site}/admin/")
        assert "Your session is over" in visitor.page.locator(".message.info").inner_text()
        visitor.look()

    def test_that_asks_for_it(self, visitor: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        with_app(cast.editor)
        with_key(cast.editor)
        visitor.signs_in(cast.editor)
        visitor.send(code="000000")
        visitor.page.evaluate("document.dispatchEvent(new Event('allauth.error'))")
        visitor.look()
        with monkeypatch.context() as patch:
            patch.setattr(attempts, "take", lambda *limits: None)
            visitor.send(code="000000")
        visitor.send("text=Sign in as somebody else")
        assert visitor.seen[-1] == "Sign in"
        with_key(cast.manager)
        codes = RecoveryCodes.activate(cast.manager).get_unused_codes()
        visitor.signs_in(cast.manager)
        visitor.page.fill("[name=code]", f"{codes[0][:4]} {codes[0][4:]}")
        with visitor.page.expect_navigation():
            visitor.page.keyboard.press("Enter")
        assert "You have 9 recovery codes left." in visitor.page.locator(".messagelist").inner_text()


class TestAPasskey:
    """In Chromium's own stand-in for a key, which looks after its person by itself."""

    @pytest.fixture
    def key(self, page: Any) -> Any:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
        able = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, **able}})

        def sees_its_person(*, really: bool) -> None:
            asked = {"authenticatorId": made["authenticatorId"], "isUserVerified": really}
            devtools.send("WebAuthn.setUserVerified", asked)

        return sees_its_person

    def test_is_set_up_used_and_removed_by_keyboard_alone(
        self, page: Any, live_server: Any, cast: Cast, key: Any
    ) -> None:
        walker = Walker(page, live_server.url)
        walker.open("/accounts/login/")
        walker.to("#id_login")
        walker.type(cast.manager.email)
        walker.to("#id_password")
        walker.type(PASSWORD)
        walker.enter("button", saying="Sign in")
        walker.enter("a", saying="Set up a key")
        walker.to("#id_name")
        page.keyboard.press("ControlOrMeta+a")
        walker.type("Blue key")
        walker.to("#id_passwordless")
        page.keyboard.press("Space")
        walker.enter("button", saying="Set up the key")
        walker.says("Recovery codes")
        walker.enter("a", saying="on to the desk")
        walker.says("My desk")

        walker.enter("#logout-form button")
        walker.says("You are signed out.")
        walker.open("/admin/articles/story/")
        key(really=False)
        walker.to("#passkey_login")
        page.keyboard.press("Enter")
        page.locator("#passkey-problem").wait_for()
        key(really=True)
        with page.expect_navigation(url="**/admin/articles/story/"):
            page.keyboard.press("Enter")

        walker.open("/accounts/2fa/")
        walker.says("“Blue key”")
        walker.enter("a", saying="Look after your keys")
        walker.enter("a", saying="Remove Blue key")
        walker.enter("button", saying="Remove the key")
        walker.says("Set up a second factor")
        assert not Authenticator.objects.filter(user=cast.manager).exists()
        assert walker.wrong == []

    def test_stands_beside_a_password(self, visitor: Visitor, page: Any, cast: Cast, key: Any) -> None:
        """As a second factor for whoever has no app, after a first try that failed."""
        visitor.signs_in(cast.manager)
        page.goto(f"{visitor.site}/accounts/2fa/webauthn/add/")
        with page.expect_navigation():
            page.click("text=Set up the key")
        page.context.clear_cookies()
        visitor.signs_in(cast.manager)
        assert visitor.seen[-1] == "Now your second factor"
        key(really=False)
        page.click("#mfa_webauthn_authenticate")
        page.locator("#passkey-problem").wait_for()
        visitor.look()
        key(really=True)
        with page.expect_navigation(url="**/admin/"):
            page.click("#mfa_webauthn_authenticate")

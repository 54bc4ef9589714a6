"""Being invited, and choosing the first password."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Received
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.test import Client

from accounts import invitations
from accounts.models import Role, User
from accounts.resets import ResetTokens
from tests.newsdesk import NOW, Cast

NEW_PASSWORD = "three unrelated words"


@pytest.fixture
def nia(db: None) -> User:
    return User.objects.create_user("nia@newsroom.example", name="Nia Newcomer", role=Role.EDITOR)


def follow(client: Client, link: str) -> Any:
    return client.get(link.removeprefix("http://testserver"), follow=True)


def choose(client: Client, password: str = NEW_PASSWORD, again: str | None = None) -> Any:
    fields = {"password1": password, "password2": password if again is None else again}
    return client.post("/accounts/invitation/join/", fields, follow=True)


class TestInvitation:
    def test_says_who_where_and_until_when(self, nia: User, outbox: list[Any]) -> None:
        invitations.invite(nia)
        mail = outbox[0]
        assert mail.to == ["nia@newsroom.example"]
        assert mail.subject == "Your invitation to The Civic Wire"
        for words in ("Nia Newcomer", "as editor", "7 days", "http://testserver/accounts/invitation/"):
            assert words in mail.body

    def test_leads_to_a_password_and_then_to_the_desk(self, client: Client, nia: User) -> None:
        page = follow(client, invitations.link(nia))
        assert "Welcome, Nia Newcomer" in page.text
        assert page.redirect_chain == [("/accounts/invitation/join/", 302)]
        answer = choose(client)
        assert "Your password is set. Sign in with it." in answer.text
        assert "_auth_user_id" not in client.session
        signed_in = client.post("/accounts/login/", {"login": nia.email, "password": NEW_PASSWORD})
        assert signed_in["Location"] == "/admin/"

    def test_changes_nothing_by_being_looked_at(self, client: Client, nia: User) -> None:
        for _ in range(3):
            follow(Client(), invitations.link(nia))
        nia.refresh_from_db()
        assert not nia.has_usable_password()
        assert "Welcome" in follow(client, invitations.link(nia)).text

    @pytest.mark.parametrize(
        ("password", "again", "says"),
        [
            ("short", None, "This password is too short"),
            (NEW_PASSWORD, "something else here", "You must type the same password each time."),
            ("nia@newsroom.example", None, "too similar to the e-mail address"),
            ("", None, "Choose a new password."),
        ],
    )
    def test_says_what_is_wrong_with_a_password(
        self, client: Client, nia: User, password: str, again: str | None, says: str
    ) -> None:
        follow(client, invitations.link(nia))
        assert says in choose(client, password, again).text
        nia.refresh_from_db()
        assert not nia.has_usable_password()

    def test_works_once(self, client: Client, nia: User) -> None:
        link = invitations.link(nia)
        follow(client, link)
        choose(client)
        assert follow(client, link).status_code == 404
        assert choose(client, "four quite other words").status_code == 404

    def test_works_for_seven_days(self, client: Client, nia: User) -> None:
        with time_machine.travel(NOW, tick=False):
            link = invitations.link(nia)
        with time_machine.travel(NOW + timedelta(days=6, hours=23), tick=False):
            assert follow(client, link).status_code == 200
        with time_machine.travel(NOW + timedelta(days=7, seconds=1), tick=False):
            assert follow(client, link).status_code == 404
            assert choose(client).status_code == 404

    def test_is_void_once_sent_again(self, client: Client, nia: User, outbox: list[Any]) -> None:
        invitations.invite(nia)
        invitations.invite(nia)
        first, second = (re.search(r"http://\S+", mail.body).group() for mail in outbox)  # type: ignore[union-attr]
        assert follow(client, first).status_code == 404
        assert follow(client, second).status_code == 200

    @pytest.mark.parametrize("change", [{"is_active": False}, {"email": "other@newsroom.example"}])
    def test_is_void_once_the_person_leaves_or_moves(
        self, client: Client, nia: User, change: dict[str, Any]
    ) -> None:
        link = invitations.link(nia)
        User.objects.filter(pk=nia.pk).update(**change)
        assert follow(client, link).status_code == 404

    def test_signs_out_whoever_else_was_at_this_browser(self, client: Client, nia: User, cast: Cast) -> None:
        client.force_login(cast.administrator)
        follow(client, invitations.link(nia))
        choose(client)
        assert "_auth_user_id" not in client.session

    def test_is_not_for_somebody_who_has_joined(self, cast: Cast) -> None:
        with pytest.raises(invitations.AlreadyJoined):
            invitations.invite(cast.editor)


class TestToken:
    """Hardening E12."""

    def test_cannot_be_altered_in_any_place(self, nia: User) -> None:
        token = invitations.token(nia)
        assert invitations.invited(token) == nia
        for place in range(len(token)):
            altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
            # The last character of base64 may carry bits that mean nothing; then nothing was altered.
            assert invitations.invited(altered) in ((None, nia) if place == len(token) - 1 else (None,))

    @pytest.mark.parametrize("token", ["", ":", "::", "a" * 10_000, "é", "a:b:c", "\x00", "../../etc", "%00"])
    def test_that_is_nonsense_invites_nobody(self, client: Client, db: None, token: str) -> None:
        assert invitations.invited(token) is None
        if token:
            assert client.get(f"/accounts/invitation/{token}/").status_code == 404

    def test_for_one_purpose_serves_no_other(self, client: Client, nia: User) -> None:
        reset, invitation = ResetTokens().make_token(nia), invitations.token(nia)
        assert invitations.invited(reset) is None
        assert not ResetTokens().check_token(nia, invitation)

    def test_is_not_needed_by_the_page_with_the_form(self, client: Client, nia: User) -> None:
        page = follow(client, invitations.link(nia))
        assert invitations.token(nia).split(":")[0] not in page.text
        assert page["Cache-Control"].endswith("private")


class Sink:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.received: list[Received] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 Kept"


class AnyPort(Controller):
    """Listens where the system lets it: port 0 asks for a free one."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    keeper = Sink()
    server = AnyPort(keeper, hostname="127.0.0.1", port=0)
    server.start()
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": smtp, "OPTIONS": {"host": "127.0.0.1", "port": server.port}}}
    yield keeper
    server.stop()


class TestByRealMail:
    def test_an_invitation_arrives_and_its_link_works(self, client: Client, sink: Sink, db: None) -> None:
        nia = User.objects.create_user("nia@newsroom.example", name="Nía Ōkami", role=Role.EDITOR)
        invitations.invite(nia)
        (mail,) = sink.received
        assert (mail["To"], mail["Subject"]) == ("nia@newsroom.example", "Your invitation to The Civic Wire")
        text = mail.get_content()
        assert "Nía Ōkami" in text
        link = re.search(r"http://\S+", text).group()  # type: ignore[union-attr]
        assert follow(client, link).status_code == 200
        choose(client)
        nia.refresh_from_db()
        assert nia.check_password(NEW_PASSWORD)

"""People in the admin: who may, and what comes of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts import mails, people
from accounts.models import Role, User
from tests.newsdesk import Cast

PEOPLE = "/admin/accounts/user/"


@pytest.fixture
def desk(cast: Cast, sign_in: Callable[[User], Client]) -> Client:
    """The administrator's browser."""
    return sign_in(cast.administrator)


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def page_of(person: User) -> str:
    return f"{PEOPLE}{person.pk}/change/"


def fields(person: User, **changes: Any) -> dict[str, Any]:
    held = {
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "is_active": person.is_active,
        **changes,
    }
    return {name: value for name, value in held.items() if value is not False}


def run(desk: Client, action: str, *chosen: User) -> Any:
    data = {"action": action, "_selected_action": [person.pk for person in chosen]}
    return desk.post(PEOPLE, data, follow=True)


class TestList:
    def test_says_when_somebody_signed_in_last_by_the_desks_clock(self, desk: Client, cast: Cast) -> None:
        User.objects.filter(pk=cast.editor.pk).update(last_login=datetime(2026, 7, 23, 14, 46, tzinfo=UTC))
        assert "23 Jul 2026, 15:46" in desk.get(PEOPLE).text

    def test_shows_and_finds_everybody(self, desk: Client, cast: Cast) -> None:
        page = desk.get(PEOPLE).text
        assert all(person.email in page for person in User.objects.all())
        found = desk.get(f"{PEOPLE}?q=SECOND.editor").text
        assert cast.second_editor.email in found
        assert cast.manager.email not in found
        assert cast.manager.email not in desk.get(f"{PEOPLE}?role__exact=editor").text

    @pytest.mark.parametrize(
        "column", ["password", "password__startswith", "groups__name", "last_login__gte"]
    )
    def test_tells_nothing_of_what_it_does_not_show(self, desk: Client, cast: Cast, column: str) -> None:
        """Asked letter by letter, a list that filters by any column gives away a manager's password hash."""
        assert desk.get(PEOPLE, {column: cast.manager.password[:9]}).status_code == 400

    @pytest.mark.parametrize("who", ["contributor", "editor", "manager"])
    def test_is_for_administrators(self, cast: Cast, sign_in: Callable[[User], Client], who: str) -> None:
        browser = sign_in(getattr(cast, who))
        paths = (PEOPLE, f"{PEOPLE}add/", page_of(cast.editor), f"{PEOPLE}{cast.editor.pk}/delete/")
        assert [browser.get(path).status_code for path in paths] == [403] * 4
        assert browser.post(page_of(cast.editor), fields(cast.editor, role=Role.MANAGER)).status_code == 403
        assert "/admin/accounts/" not in browser.get("/admin/").text


class TestAdding:
    @pytest.mark.django_db(transaction=True)
    def test_invites(self, desk: Client, outbox: list[EmailMessage]) -> None:
        answer = desk.post(
            f"{PEOPLE}add/", {"name": "Nia  Newcomer ", "email": "Nia@Newsroom.example", "role": "editor"}
        )
        nia = User.objects.get(email="nia@newsroom.example")
        assert (nia.name, nia.role, nia.has_usable_password()) == ("Nia Newcomer", Role.EDITOR, False)
        assert outbox[0].to == [nia.email]
        assert "An invitation has been sent to nia@newsroom.example." in desk.get(answer["Location"]).text

    def test_asks_for_no_password_and_takes_none(self, desk: Client, outbox: list[Any]) -> None:
        assert (
            "password"
            not in desk.get(f"{PEOPLE}add/")
            .text.replace("choose a password", "")
            .split("<form id")[1]
            .casefold()
        )
        data = {
            "name": "Nia",
            "email": "nia@newsroom.example",
            "role": "editor",
            "password": "x" * 20,
            "is_superuser": "1",
        }
        desk.post(f"{PEOPLE}add/", data)
        assert not User.objects.get(email="nia@newsroom.example").has_usable_password()

    def test_says_who_has_the_address_already_in_whatever_case(self, desk: Client, cast: Cast) -> None:
        answer = desk.post(
            f"{PEOPLE}add/", {"name": "Ed", "email": "EDITOR@newsroom.example", "role": "editor"}
        )
        assert "Somebody already signs in with this e-mail address." in answer.text
        assert User.objects.count() == 6

    @pytest.mark.parametrize(
        "wrong",
        [
            {"role": "emperor"},
            {"email": "not an address"},
            {"name": ""},
            {"name": "N\x07ia"},
            {"email": "a" * 300 + "@x.example"},
        ],
    )
    def test_refuses_what_makes_no_sense(self, desk: Client, wrong: dict[str, str]) -> None:
        data = {"name": "Nia", "email": "nia@newsroom.example", "role": "editor", **wrong}
        assert desk.post(f"{PEOPLE}add/", data).status_code == 200
        assert User.objects.count() == 6

    @pytest.mark.django_db(transaction=True)
    def test_keeps_the_person_when_the_mail_cannot_be_sent(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*args: Any, **kwargs: Any) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr(mails, "send", refuse)
        answer = desk.post(
            f"{PEOPLE}add/", {"name": "Nia", "email": "nia@newsroom.example", "role": "editor"}
        )
        assert "An invitation could not be sent to nia@newsroom.example." in desk.get(answer["Location"]).text
        assert User.objects.filter(email="nia@newsroom.example").exists()


class TestChanging:
    def test_a_role_signs_the_person_out_and_counts_at_once(
        self, desk: Client, cast: Cast, sign_in: Callable[[User], Client]
    ) -> None:
        theirs = sign_in(cast.editor)
        desk.post(page_of(cast.editor), fields(cast.editor, role=Role.MANAGER))
        assert theirs.get("/admin/").status_code == 302
        assert User.objects.get(pk=cast.editor.pk).has_perm("articles.publish_story")

    def test_a_name_signs_nobody_out(
        self, desk: Client, cast: Cast, sign_in: Callable[[User], Client]
    ) -> None:
        theirs = sign_in(cast.editor)
        desk.post(page_of(cast.editor), fields(cast.editor, name="Edith Editor"))
        assert theirs.get("/admin/").status_code == 200

    def test_active_off_and_on_again_does_not_revive_a_session(
        self, desk: Client, cast: Cast, sign_in: Callable[[User], Client]
    ) -> None:
        theirs = sign_in(cast.editor)
        desk.post(page_of(cast.editor), fields(cast.editor, is_active=False))
        desk.post(page_of(cast.editor), fields(cast.editor, is_active=True))
        assert User.objects.get(pk=cast.editor.pk).is_active
        assert theirs.get("/admin/").status_code == 302

    def test_of_the_address_is_told_where_mail_went_before(
        self, desk: Client, cast: Cast, outbox: list[EmailMessage], commits: Any
    ) -> None:
        """Whoever has the new one can set a new password: it must not happen behind somebody's back."""
        before = cast.manager.email
        with commits():
            desk.post(page_of(cast.manager), fields(cast.manager, email="Another@newsroom.example"))
        assert [mail.to for mail in outbox] == [[before]]
        assert "another@newsroom.example" in outbox[0].body
        with commits():
            desk.post(page_of(cast.editor), fields(cast.editor, name="Another name"))
        assert len(outbox) == 1

    def test_an_address_to_somebody_elses_is_refused(self, desk: Client, cast: Cast) -> None:
        answer = desk.post(page_of(cast.editor), fields(cast.editor, email="Manager@newsroom.example"))
        assert "Somebody already signs in with this e-mail address." in answer.text

    def test_never_deletes(self, desk: Client, cast: Cast) -> None:
        assert desk.post(f"{PEOPLE}{cast.editor.pk}/delete/", {"post": "yes"}).status_code == 403
        run(desk, "delete_selected", cast.editor)
        assert User.objects.filter(pk=cast.editor.pk).exists()
        assert "delete" not in desk.get(PEOPLE).text.casefold()


class TestOwnAccount:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [({"role": Role.EDITOR}, people.OWN_ROLE), ({"is_active": False}, people.OWN_ACCOUNT)],
    )
    def test_cannot_be_given_away(
        self, desk: Client, cast: Cast, change: dict[str, Any], sentence: str
    ) -> None:
        User.objects.create_user("other@newsroom.example", name="Other", role=Role.ADMINISTRATOR)
        assert sentence in desk.post(page_of(cast.administrator), fields(cast.administrator, **change)).text
        cast.administrator.refresh_from_db()
        assert (cast.administrator.role, cast.administrator.is_active) == (Role.ADMINISTRATOR, True)

    def test_can_be_renamed(self, desk: Client, cast: Cast) -> None:
        desk.post(page_of(cast.administrator), fields(cast.administrator, name="Ad Ministrator"))
        cast.administrator.refresh_from_db()
        assert cast.administrator.name == "Ad Ministrator"


class TestLastAdministrator:
    @pytest.mark.parametrize("change", [{"role": Role.EDITOR}, {"is_active": False}])
    def test_is_kept_even_from_one_who_has_just_lost_the_role(
        self, cast: Cast, change: dict[str, Any]
    ) -> None:
        """Two administrators who remove each other at one moment: the second finds nobody left."""
        other = User.objects.create_user("other@newsroom.example", name="Other", role=Role.ADMINISTRATOR)
        wanted = {"role": Role.ADMINISTRATOR, "is_active": True, **change}
        assert people.objections(cast.administrator, **wanted, by=other) == {}
        User.objects.filter(pk=other.pk).update(**change)
        assert list(people.objections(cast.administrator, **wanted, by=other)) == list(change)
        assert people.objections(cast.editor, role=Role.EDITOR, is_active=False, by=other) == {}


class TestActions:
    @pytest.mark.parametrize("key", ["x", "", "9" * 20, "9" * 5000, "½"])
    def test_what_is_no_key_is_nobody(self, desk: Client, key: str) -> None:
        """It was a 500."""
        assert desk.post(PEOPLE, {"action": "sign_out", "_selected_action": [key]}).status_code == 400

    @pytest.fixture
    def nia(self, db: None) -> User:
        return User.objects.create_user("nia@newsroom.example", name="Nia", role=Role.EDITOR)

    def test_send_an_invitation_again(self, desk: Client, nia: User, outbox: list[Any], commits: Any) -> None:
        with commits():
            run(desk, "send_invitation", nia)
        assert [mail.subject for mail in outbox] == ["Your invitation to The Civic Wire"]

    def test_send_a_password_reset(self, desk: Client, cast: Cast, outbox: list[Any], commits: Any) -> None:
        with commits():
            run(desk, "send_password_reset", cast.editor)
        link = next(word for word in outbox[0].body.split() if "/reset/key/" in word)
        assert "Choose a new password" in Client().get(link, follow=True).text

    def test_stand_on_the_persons_own_page_too(
        self, desk: Client, nia: User, outbox: list[Any], commits: Any
    ) -> None:
        assert "Send invitation again" in desk.get(page_of(nia)).text
        with commits():
            desk.post(page_of(nia), {"CHANGE_FORM-action": "send_invitation", "_selected_action": nia.pk})
        assert outbox[0].to == [nia.email]

    def test_sign_out_everywhere(self, desk: Client, cast: Cast, sign_in: Callable[[User], Client]) -> None:
        theirs = sign_in(cast.editor)
        run(desk, "sign_out", cast.editor)
        assert theirs.get("/admin/").status_code == 302

    def test_write_to_nobody_whom_it_would_not_help(
        self, desk: Client, nia: User, cast: Cast, outbox: list[Any], commits: Any
    ) -> None:
        gone = cast.contributor
        User.objects.filter(pk=gone.pk).update(is_active=False)
        with commits():
            run(desk, "send_invitation", cast.editor, gone)
            run(desk, "send_password_reset", nia, gone)
        assert outbox == []

    def test_are_not_for_editors(
        self, cast: Cast, nia: User, sign_in: Callable[[User], Client], outbox: list[Any]
    ) -> None:
        assert run(sign_in(cast.manager), "send_invitation", nia).status_code == 403
        assert outbox == []

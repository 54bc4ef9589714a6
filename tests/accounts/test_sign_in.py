"""Signing in, and what ends it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from tests.accounts.conftest import PASSWORD
from tests.newsdesk import Cast

type SignIn = Callable[[User], Client]


def attempt(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


class TestSigningIn:
    def test_leads_to_the_desk(self, client: Client, cast: Cast) -> None:
        answer = attempt(client, "EDITOR@Newsroom.Example")
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
        assert client.get("/admin/").status_code == 200

    @pytest.mark.parametrize("who", Role.values)
    def test_is_open_to_every_role(self, cast: Cast, sign_in: SignIn, who: str) -> None:
        assert sign_in(getattr(cast, who)).get("/admin/").status_code == 200

    def test_goes_on_to_where_one_wanted_to_be(self, client: Client, cast: Cast) -> None:
        wanted = "/admin/accounts/user/"
        to_admin = client.get(wanted)
        to_ours = client.get(to_admin["Location"])
        assert to_ours["Location"].startswith("/accounts/login/?next=")
        form = client.get(to_ours["Location"])
        assert f'name="next" value="{wanted}"' in form.text
        assert attempt(client, cast.administrator.email, next=wanted)["Location"] == wanted

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example",
            r"/\evil.example",
            "javascript:alert(1)",
            "http:evil.example",
        ],
    )
    def test_never_leads_off_the_site(self, client: Client, cast: Cast, elsewhere: str) -> None:
        assert attempt(client, cast.editor.email, next=elsewhere)["Location"] == "/admin/"

    def test_by_the_admins_own_form_is_not_possible(self, client: Client, cast: Cast) -> None:
        answer = client.post("/admin/login/", {"username": cast.editor.email, "password": PASSWORD})
        assert answer["Location"].startswith("/accounts/login/")
        assert "_auth_user_id" not in client.session

    def test_works_behind_a_socket_file_which_has_no_address(self, cast: Cast) -> None:
        assert attempt(Client(REMOTE_ADDR=""), cast.editor.email)["Location"] == "/admin/"

    def test_says_what_is_missing(self, client: Client, db: None) -> None:
        answer = attempt(client, "", "")
        assert "Enter your e-mail address." in answer.text
        assert "Enter your password." in answer.text
        assert "<title>Error: Sign in" in answer.text

    def test_answers_an_unknown_address_like_a_wrong_password(self, client: Client, cast: Cast) -> None:
        wrong = attempt(client, cast.editor.email, "not it at all").text
        unknown = attempt(client, "nobody@newsroom.example", "not it at all").text
        assert "The e-mail address or the password is not right." in wrong
        assert plain(wrong, cast.editor.email) == plain(unknown, "nobody@newsroom.example")

    def test_is_closed_to_whoever_has_left_and_says_so_only_to_them(self, client: Client, cast: Cast) -> None:
        User.objects.filter(pk=cast.editor.pk).update(is_active=False)
        assert "not right" in attempt(client, cast.editor.email, "not it at all").text
        assert attempt(client, cast.editor.email)["Location"] == "/accounts/inactive/"
        assert "_auth_user_id" not in client.session

    def test_is_closed_to_whoever_has_not_joined_yet(self, client: Client, db: None) -> None:
        new = User.objects.create_user("new@newsroom.example", name="New")
        for password in ("!", new.password, "None", "x"):
            attempt(client, new.email, password)
        assert "_auth_user_id" not in client.session

    def test_forgets_at_the_end_of_the_browser_unless_asked_not_to(self, client: Client, cast: Cast) -> None:
        attempt(client, cast.editor.email)
        assert client.session.get_expire_at_browser_close()
        client.logout()
        attempt(client, cast.editor.email, remember="on")
        assert not client.session.get_expire_at_browser_close()


class TestSigningUp:
    def test_is_closed(self, client: Client, db: None) -> None:
        fields = {"email": "me@example.org", "password1": PASSWORD, "password2": PASSWORD}
        for answer in (client.get("/accounts/signup/"), client.post("/accounts/signup/", fields)):
            assert "Accounts are by invitation" in answer.text
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        "path",
        ["email/", "confirm-email/", "login/code/", "3rdparty/", "social/signup/", "", "password/reset/key/"],
    )
    def test_has_no_back_door(self, client: Client, db: None, path: str) -> None:
        assert client.get(f"/accounts/{path}").status_code == 404


class TestSession:
    """Hardening C6: what is taken away is gone at the next request, everywhere."""

    @pytest.mark.parametrize(
        "change", [{"role": Role.CONTRIBUTOR}, {"role": Role.ADMINISTRATOR}, {"is_active": False}]
    )
    def test_ends_with_the_role_or_the_account(
        self, cast: Cast, sign_in: SignIn, change: dict[str, Any]
    ) -> None:
        desk, telephone = sign_in(cast.manager), sign_in(cast.manager)
        User.objects.filter(pk=cast.manager.pk).update(**change)
        for browser in (desk, telephone):
            assert browser.get("/admin/")["Location"] == "/admin/login/?next=/admin/"

    def test_stays_here_and_ends_elsewhere_when_one_changes_ones_password(
        self, cast: Cast, sign_in: SignIn, outbox: list[Any]
    ) -> None:
        here, there = sign_in(cast.editor), sign_in(cast.editor)
        new = "three unrelated words"
        here.post(
            "/accounts/password/change/",
            {"oldpassword": PASSWORD, "password1": new, "password2": new},
        )
        assert here.get("/admin/").status_code == 200
        assert there.get("/admin/").status_code == 302
        assert "Your password has been changed." in outbox[-1].body

    def test_ends_on_every_device_by_one_button(self, cast: Cast, sign_in: SignIn) -> None:
        here, there = sign_in(cast.editor), sign_in(cast.editor)
        assert "Sign out on every device" in here.get("/accounts/logout/").text
        assert here.get("/accounts/logout/everywhere/").status_code == 405
        assert (
            "You are signed out on every device."
            in here.post("/accounts/logout/everywhere/", follow=True).text
        )
        for browser in (here, there):
            assert browser.get("/admin/").status_code == 302

    def test_ends_by_a_button_not_by_a_link(self, cast: Cast, sign_in: SignIn) -> None:
        browser = sign_in(cast.editor)
        assert browser.get("/accounts/logout/").status_code == 200
        assert "_auth_user_id" in browser.session
        assert browser.post("/accounts/logout/")["Location"] == "/accounts/login/"
        assert "_auth_user_id" not in browser.session

    def test_ends_on_the_desk_with_a_word_that_it_has(self, cast: Cast, sign_in: SignIn) -> None:
        assert "You are signed out." in sign_in(cast.editor).post("/admin/logout/", follow=True).text

    def test_changes_its_password_on_our_page(self, cast: Cast, sign_in: SignIn) -> None:
        browser = sign_in(cast.editor)
        for path in ("/admin/password_change/", "/admin/password_change/done/"):
            assert browser.get(path)["Location"] == "/accounts/password/change/"


def plain(page: str, email: str) -> str:
    """The page without its token and the address that was typed."""
    kept = [line for line in page.replace(email, "…").split("\n") if "csrfmiddlewaretoken" not in line]
    return "\n".join(kept)

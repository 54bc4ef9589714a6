"""A person: one spelling of the address, one role, and sessions that end with either."""

import unicodedata

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.addresses import normalise
from accounts.models import Role, User
from tests.newsdesk import Cast


class TestNormalising:
    def test_folds_case_width_and_surrounding_space(self) -> None:
        assert normalise("  Ada.QUILL＠Newsroom.Example ") == "ada.quill@newsroom.example"
        assert normalise("ada@STRASSE.example") == normalise("ada@straße.example")

    @given(st.text(max_size=40))
    def test_is_done_once_and_for_all(self, text: str) -> None:
        once = normalise(text)
        assert normalise(once) == once
        assert once == once.lower()

    @given(st.characters(codec="utf-8"))
    def test_is_the_same_for_every_case_of_a_letter(self, letter: str) -> None:
        address = f"ada@x{letter}x.example"
        composed = unicodedata.normalize("NFC", address)
        assert normalise(address) == normalise(composed)


@pytest.mark.django_db
class TestAddress:
    def test_is_stored_and_found_in_one_spelling(self) -> None:
        person = User(email="Ada.Quill@Newsroom.example", name="Ada")
        person.save()
        assert person.email == "ada.quill@newsroom.example"
        assert User.objects.get(email="ADA.quill@NEWSROOM.example") == person
        assert User.objects.get_by_natural_key("ADA.quill@NEWSROOM.example") == person

    def test_belongs_to_one_person(self) -> None:
        User.objects.create_user("ada@newsroom.example", name="Ada")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user("ADA@newsroom.example", name="Another Ada")

    def test_is_held_to_lower_case_by_the_database(self) -> None:
        User.objects.create_user("ada@newsroom.example", name="Ada")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_user SET email = 'Ada@newsroom.example'")

    @pytest.mark.parametrize(
        "address", ["ada@ꭰꭱ.example", "ada@ᎠᎡ.example", "ada@İẞ.example", "ada@ΣΑΣ.example"]
    )
    def test_in_letters_with_odd_case_suits_the_database(self, address: str) -> None:
        person = User.objects.create_user(address, name="Ada")
        assert User.objects.get(email=address) == person

    def test_is_needed(self) -> None:
        with pytest.raises(ValueError, match="e-mail address"):
            User.objects.create_user("", name="Nobody")


@pytest.mark.django_db
class TestRole:
    def test_outside_the_table_is_refused_by_the_database(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user("ada@newsroom.example", name="Ada", role="emperor")

    def test_of_whoever_createsuperuser_makes_is_administrator(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough phrase")
        call_command(
            "createsuperuser", interactive=False, email="First@newsroom.example", name="First", verbosity=0
        )
        first = User.objects.get()
        assert (first.role, first.email) == (Role.ADMINISTRATOR, "first@newsroom.example")
        assert first.check_password("a long enough phrase")


class TestSessionSeal:
    def test_changes_with_password_role_and_standing_and_nothing_else(self, cast: Cast) -> None:
        seal = cast.editor.get_session_auth_hash()
        cast.editor.name = "Somebody Else"
        assert cast.editor.get_session_auth_hash() == seal
        seen = {seal}
        cast.editor.role = Role.MANAGER
        seen.add(cast.editor.get_session_auth_hash())
        cast.editor.is_active = False
        seen.add(cast.editor.get_session_auth_hash())
        cast.editor.set_password("a long enough phrase")
        seen.add(cast.editor.get_session_auth_hash())
        assert len(seen) == 4


class TestPerson:
    def test_is_shown_by_name_else_by_address(self) -> None:
        assert str(User(name="Ada Quill", email="ada@newsroom.example")) == "Ada Quill"
        assert str(User(email="ada@newsroom.example")) == "ada@newsroom.example"

    def test_without_a_password_cannot_sign_in(self, db: None) -> None:
        person = User.objects.create_user("ada@newsroom.example", name="Ada")
        assert not person.has_usable_password()

"""The page of the import: a file is checked first, and only the very file that was checked is taken in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from alerts.models import Subscriber
from tests.alerts.importing.test_importing import GOOD, HEAD
from tests.articles.admin.desk_pages import LATER, signed_in
from tests.newsdesk import Cast

PAGE = "/admin/alerts/subscribers/import/"
FILE = f"{HEAD}\n{GOOD}\nx,everything,daily,2026-05-31,Fair\n"
pytestmark = pytest.mark.django_db


def send(person: object, text: str = FILE, **data: object) -> HttpResponse:
    file = SimpleUploadedFile("people.csv", text.encode(), content_type="text/csv")
    return signed_in(person).post(PAGE, {"file": file, **data})  # type: ignore[arg-type, return-value]


def checked(person: object, text: str = FILE) -> str:
    answer = send(person, text, check=1)
    assert answer.status_code == 200
    token: str = answer.context["checked"]
    return token


class TestChecking:
    def test_says_what_would_be_taken_in_and_takes_nothing(self, cast: Cast):
        answer = send(cast.administrator, check=1)
        assert (
            "What would be taken in" in answer.text and "<strong>1 person</strong> on 1 line." in answer.text
        )
        assert "<strong>Line 3</strong>: “x” is no e-mail address." in answer.text
        assert not Subscriber.objects.exists()

    def test_says_what_is_wrong_with_a_file(self, cast: Cast):
        answer = send(cast.administrator, "a,b\n", check=1)
        assert answer.status_code == 422 and "Missing: address" in answer.text
        assert signed_in(cast.administrator).post(PAGE, {"check": 1}).status_code == 422

    def test_shows_what_a_cell_says_as_text(self, cast: Cast):
        answer = send(cast.administrator, f"{HEAD}\n<script>x</script>,,,,\n", check=1)
        assert "<script>x" not in answer.text and "&lt;script&gt;x" in answer.text

    def test_is_for_administrators(self, cast: Cast):
        for person in (cast.contributor, cast.editor, cast.manager):
            assert send(person, check=1).status_code == 403


class TestTakingIn:
    def test_takes_in_what_was_checked(self, cast: Cast):
        data = {"import": 1, "agreed": "on", "checked": checked(cast.administrator)}
        answer = send(cast.administrator, **data)
        assert answer.status_code == 200 and "Taken in" in answer.text
        assert Subscriber.objects.get().address == "ada@mail.example"

    def test_takes_no_other_file(self, cast: Cast):
        data = {"import": 1, "agreed": "on", "checked": checked(cast.administrator)}
        answer = send(cast.administrator, FILE.replace("ada", "ben"), **data)
        assert answer.status_code == 422 and "not the file that was checked" in answer.text
        assert not Subscriber.objects.exists()

    @pytest.mark.parametrize("token", ["", "x", "WyJ4IiwxXQ:1:y"])
    def test_takes_nothing_that_was_not_checked(self, cast: Cast, token: str):
        assert send(cast.administrator, **{"import": 1, "agreed": "on", "checked": token}).status_code == 422
        assert not Subscriber.objects.exists()

    def test_takes_nothing_an_hour_later(self, cast: Cast, time_machine):
        data = {"import": 1, "agreed": "on", "checked": checked(cast.administrator)}
        time_machine.move_to(LATER.replace(hour=LATER.hour + 2))
        assert send(cast.administrator, **data).status_code == 422

    def test_takes_nothing_unless_everybody_agreed(self, cast: Cast):
        answer = send(cast.administrator, **{"import": 1, "checked": checked(cast.administrator)})
        assert answer.status_code == 422 and "Nobody is taken in who did not agree" in answer.text
        assert not Subscriber.objects.exists()

    def test_a_check_stands_where_only_the_file_or_the_tick_was_forgotten(self, cast: Cast):
        token = checked(cast.administrator)
        without_file = {"import": 1, "agreed": "on", "checked": token}
        answers = [
            signed_in(cast.administrator).post(PAGE, without_file),
            send(cast.administrator, **{"import": 1, "checked": token}),
        ]
        for answer in answers:
            assert answer.status_code == 422 and answer.context["checked"] == token
            assert ">Take them in</button>" in answer.text

    def test_another_file_is_to_be_checked_first(self, cast: Cast):
        data = {"import": 1, "agreed": "on", "checked": checked(cast.administrator)}
        answer = send(cast.administrator, FILE.replace("ada", "ben"), **data)
        assert ">Check the file</button>" in answer.text and ">Take them in</button>" not in answer.text

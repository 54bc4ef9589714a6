"""Several pictures at once: an answer for each, duplicates named, and the words of all on one page."""

from typing import Any

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.admin.uploading import MOST, NOT_STORED
from articles.models import Image, LicenceChange, Story
from articles.pictures.library import add
from tests.articles.admin.posting import desk
from tests.articles.pictures.making import photograph_with_every_field
from tests.newsdesk import Cast, picture, picture_file, published

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/articles/image/upload/"


def answers(response: Any) -> list[tuple[str, str]]:
    return [(row["answer"].name, row["answer"].state) for row in response.context["answers"]]


def script() -> SimpleUploadedFile:
    return SimpleUploadedFile("page.jpg", b"<html><script>alert(1)</script>", "image/jpeg")


class TestEachByItself:
    def test_one_that_is_refused_keeps_none_of_the_others_out(self, cast: Cast) -> None:
        files = [picture_file("a.jpg"), script(), picture_file("b.jpg", (500, 400))]
        response = desk(cast.contributor).post(UPLOAD, {"files": files})
        assert answers(response) == [("a.jpg", "taken"), ("page.jpg", "refused"), ("b.jpg", "taken")]
        assert "This is a web page, not a picture." in response.content.decode()
        assert Image.objects.filter(uploaded_by=cast.contributor).count() == 2

    def test_when_all_are_taken_their_words_come_next(self, cast: Cast) -> None:
        files = [picture_file("a.jpg"), picture_file("b.jpg", (500, 400))]
        response = desk(cast.editor).post(UPLOAD, {"files": files}, follow=True)
        assert [row["form"].instance.width for row in response.context["rows"]] == [800, 500]

    def test_a_script_gets_the_answer_to_one(self, cast: Cast) -> None:
        said = desk(cast.editor).post(UPLOAD, {"files": script()}, headers={"Accept": "application/json"})
        assert said.json()["state"] == "refused" and "web page" in said.json()["html"]

    @pytest.mark.parametrize(
        ("files", "says"),
        [([], "Choose a file first."), ([script() for _ in range(MOST + 1)], f"at most {MOST} at once")],
        ids=["none", "too many"],
    )
    def test_a_bound_and_nothing_half_done(self, cast: Cast, files: list[Any], says: str) -> None:
        response = desk(cast.editor).post(UPLOAD, {"files": files})
        assert response.status_code == 422 and says in response.content.decode()


class TestWhereThePicturesPlaceIsAway:
    """Drill D5, small."""

    def test_each_file_is_told_so_and_nothing_is_half_kept(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fault = type("EndpointConnectionError", (Exception,), {"__module__": "botocore.exceptions"})

        def away(*_: Any, **__: Any) -> None:
            raise fault("Could not connect to the endpoint")

        monkeypatch.setattr(InMemoryStorage, "_save", away)
        response = desk(cast.editor).post(UPLOAD, {"files": [picture_file("a.jpg"), script()]})
        assert answers(response) == [("a.jpg", "refused"), ("page.jpg", "refused")]
        assert (response.status_code, NOT_STORED in response.content.decode()) == (422, True)
        assert not Image.objects.exists()

    def test_a_fault_of_ours_is_not_hidden(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def wrong(*_: Any, **__: Any) -> None:
            raise ValueError("ours")

        monkeypatch.setattr(InMemoryStorage, "_save", wrong)
        with pytest.raises(ValueError, match="ours"):
            desk(cast.editor).post(UPLOAD, {"files": picture_file("a.jpg")})


class TestAlreadyThere:
    def test_is_named_with_its_words_and_where_it_is_used(self, cast: Cast) -> None:
        known = picture(credit="Harbour office")
        published(cast, headline="The bridge opens", lead_image=known)
        response = desk(cast.editor).post(UPLOAD, {"files": picture_file()})
        page = response.content.decode()
        assert answers(response) == [("hall.jpg", "known")] and Image.objects.count() == 1
        assert all(words in page for words in ("Harbour office", "The bridge opens"))

    def test_tells_nobody_of_a_story_they_may_not_know_of(self, cast: Cast) -> None:
        story = published(cast, headline="The secret inquiry", lead_image=picture())
        Story.objects.filter(pk=story.pk).update(restricted=True)
        for url, data in ((UPLOAD, {"files": picture_file()}), (ADD, WORDS | {"upload": picture_file()})):
            page = desk(cast.second_editor).post(url, data).content.decode()
            assert "already in the library" in page
            assert "secret" not in page

    def test_both_are_kept_by_those_who_say_so(self, cast: Cast) -> None:
        picture()
        client = desk(cast.editor)
        client.post(UPLOAD, {"files": picture_file(), "keep_both": "on"})
        assert Image.objects.count() == 2
        first = client.post(ADD, WORDS | {"upload": picture_file()})
        assert b'type="checkbox" name="keep_both"' in first.content
        client.post(ADD, WORDS | {"upload": picture_file(), "keep_both": "on"})
        assert Image.objects.count() == 3


class TestTheWordsOfAll:
    def test_come_filled_in_from_the_files(self, cast: Cast) -> None:
        data = photograph_with_every_field("iptc-2017.1-plus-2025-fields.jpg")
        upload = SimpleUploadedFile("reference.jpg", data, "image/jpeg")
        response = desk(cast.editor).post(UPLOAD, {"files": upload}, follow=True)
        form = response.context["rows"][0]["form"]
        assert all(form[name].value() for name in ("alt", "caption", "credit", "licence_holder"))

    def test_the_same_credit_is_filled_in_for_all_and_nothing_typed_is_lost(self, cast: Cast) -> None:
        url, first, _ = two_of(cast)
        typed = {f"p{first.pk}-alt": "A quay", "all-credit": "Harbour office", "all-licence_kind": "agency"}
        page = desk(cast.editor).post(url, typed | {"for_all": "1"})
        forms = [row["form"] for row in page.context["rows"]]
        assert [form["credit"].value() for form in forms] == ["Harbour office"] * 2
        assert [form["licence_kind"].value() for form in forms] == ["agency"] * 2
        assert forms[0]["alt"].value() == "A quay"
        assert not Image.objects.filter(credit="Harbour office").exists()

    def test_one_mistake_stops_all_and_stands_at_its_field(self, cast: Cast) -> None:
        url, first, second = two_of(cast)
        data = {f"p{one.pk}-licence_kind": "own" for one in (first, second)}
        wrong = data | {f"p{first.pk}-alt": "A quay", f"p{second.pk}-licence_ends_at": "soon"}
        page = desk(cast.editor).post(url, wrong)
        assert page.status_code == 422
        assert f'href="#id_p{second.pk}-licence_ends_at"' in page.content.decode()
        assert not Image.objects.filter(alt="A quay").exists()

    def test_are_saved_in_one_go_and_the_licences_are_on_record(self, cast: Cast) -> None:
        url, first, second = two_of(cast)
        data = {f"p{one.pk}-licence_kind": "agency" for one in (first, second)}
        desk(cast.editor).post(url, data | {f"p{first.pk}-alt": "A quay", f"p{second.pk}-decorative": "on"})
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.alt, second.decorative) == ("A quay", True)
        assert LicenceChange.objects.filter(before__licence_kind="own").count() == 2

    def test_are_only_those_of_who_uploaded_them(self, cast: Cast) -> None:
        url, *_ = two_of(cast)
        assert desk(cast.contributor).get(url).status_code == 404
        assert desk(cast.contributor).get(url.replace("=", "=x,99999999999999999999,")).status_code == 404

    def test_take_no_picture_from_a_live_story_that_the_uploader_does_not_know(self, cast: Cast) -> None:
        image = add(picture_file(), by=cast.contributor, alt="A quay", credit="Harbour office")
        published(cast, headline="The bridge opens", lead_image=image)
        fields = {"alt": "A quay", "licence_kind": "own", "licence_ends_at": "2026-01-01T09:00"}
        data = {f"p{image.pk}-{name}": value for name, value in fields.items()}
        page = desk(cast.contributor).post(f"/admin/articles/image/words/?pictures={image.pk}", data)
        assert "Stories that readers have would lose it" in page.content.decode()
        assert "The bridge opens" not in page.content.decode()
        image.refresh_from_db()
        assert image.licence_ends_at is None


ADD = "/admin/articles/image/add/"
WORDS = {"alt": "A bridge", "credit": "Harbour office", "licence_kind": "own", "licence_scopes": ["web"]}


def two_of(cast: Cast) -> tuple[str, Image, Image]:
    first, second = (
        add(picture_file(size=(800, height)), by=cast.editor, alt="", credit="") for height in (500, 600)
    )
    return f"/admin/articles/image/words/?pictures={first.pk},{second.pk}", first, second

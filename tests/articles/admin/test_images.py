"""The picture library, its files at the desk, and the picker."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow

from articles.admin.body_pictures import with_addresses
from articles.body.clean import clean
from articles.models import Image
from articles.pictures.developing import develop
from tests.articles.admin.posting import ADD, desk, filled
from tests.newsdesk import Cast, author, picture, picture_file, published

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"
PICKER = "/admin/articles/image/picker/"


def words(**fields: Any) -> dict[str, Any]:
    return {
        "alt": "A bridge",
        "caption": "",
        "credit": "Harbour office",
        "licence_kind": "own",
        "licence_scopes": ["web", "feeds"],
        "focal_x": "0.5",
        "focal_y": "0.5",
    } | fields


def test_the_library_tells_the_time_as_the_rest_of_the_desk_does(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 21, 39, tzinfo=UTC), tick=False):
        picture()
    assert "23 November 2026, 21:39" in desk(cast.editor).get(LIST).content.decode()


class TestUploading:
    def test_stores_the_picture_with_its_words_and_licence(self, cast: Cast) -> None:
        response = desk(cast.editor).post(f"{LIST}add/", words(upload=picture_file()))
        image = Image.objects.get()
        assert response["Location"] == f"{LIST}{image.pk}/change/"
        assert (image.alt, image.credit, image.uploaded_by) == ("A bridge", "Harbour office", cast.editor)
        assert image.licence_scopes == ["web", "feeds"]

    @pytest.mark.parametrize(
        "upload",
        [
            SimpleUploadedFile("a.jpg", b"", "image/jpeg"),
            SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg"),
            SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 broken", "image/jpeg"),
            SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf"),
        ],
        ids=["empty", "svg", "broken", "pdf"],
    )
    def test_refuses_in_a_sentence_and_keeps_nothing(self, cast: Cast, upload: SimpleUploadedFile) -> None:
        response = desk(cast.editor).post(f"{LIST}add/", words(upload=upload))
        assert response.status_code == 200
        assert b'class="errorlist"' in response.content
        assert not Image.objects.exists()

    def test_takes_words_left_empty_from_the_file(self, cast: Cast) -> None:
        desk(cast.editor).post(f"{LIST}add/", words(upload=_told(), alt="", credit=""))
        assert Image.objects.get().credit == "Own photographer"

    def test_a_contributor_uploads_too_but_changes_no_words_after(self, cast: Cast) -> None:
        client = desk(cast.contributor)
        assert client.post(f"{LIST}add/", words(upload=picture_file())).status_code == 302
        image = Image.objects.get()
        assert client.post(f"{LIST}{image.pk}/change/", words(alt="Mine")).status_code == 403

    def test_the_file_cannot_be_replaced(self, cast: Cast) -> None:
        image = picture()
        before = image.file.name
        client = desk(cast.editor)
        assert b"The file cannot be replaced" in client.get(f"{LIST}{image.pk}/change/").content
        other = picture_file(size=(300, 300))
        client.post(f"{LIST}{image.pk}/change/", words(alt="Other", upload=other, file=other, width=9))
        image.refresh_from_db()
        assert (image.alt, image.file.name, image.width) == ("Other", before, 800)

    def test_nobody_deletes_one(self, cast: Cast) -> None:
        image = picture()
        assert desk(cast.manager).post(f"{LIST}{image.pk}/delete/", {"post": "yes"}).status_code == 403


class TestFiles:
    def test_staff_see_pictures_that_no_reader_may(self, cast: Cast) -> None:
        image = picture()
        response = desk(cast.contributor).get(f"{LIST}file/{image.key}/w320.jpg")
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["Cache-Control"].startswith("private")
        assert Pillow.open(BytesIO(b"".join(response))).width == 800

    def test_a_size_that_was_not_made_is_the_next_wider(self, cast: Cast) -> None:
        image = picture()
        client = desk(cast.editor)
        assert _width(client, image, "w400") == 800
        develop(timezone.now())
        assert _width(client, image, "w400") == 640
        assert _width(client, image, "w2000") == 800

    def test_others_see_none(self, cast: Cast) -> None:
        image = picture()
        url = f"{LIST}file/{image.key}/w320.jpg"
        assert Client().get(url).status_code == 302
        assert desk(cast.administrator).get(url).status_code == 403

    @pytest.mark.parametrize("spec", ["w0", "x", "w-1", "w99999999", "master", "w320.jpg%00"])
    def test_anything_else_is_not_found(self, cast: Cast, spec: str) -> None:
        image = picture()
        client = desk(cast.editor)
        assert client.get(f"{LIST}file/{image.key}/{spec}.jpg").status_code == 404
        assert client.get(f"{LIST}file/{'0' * 32}/w320.jpg").status_code == 404
        assert client.get(f"{LIST}file/%00/w320.jpg").status_code == 404


class TestPicker:
    def test_finds_by_every_word(self, cast: Cast) -> None:
        picture(alt="A bridge at night", credit="Harbour office")
        picture(alt="A bridge by day", credit="Council")
        client = desk(cast.contributor)
        shown = client.get(PICKER, {"q": "bridge harbour"}).context["pictures"]
        assert [one["alt"] for one in shown] == ["A bridge at night"]

    def test_an_upload_comes_back_on_top_and_the_editor_is_not_forgotten(self, cast: Cast) -> None:
        client = desk(cast.contributor)
        upload_url = client.get(f"{PICKER}?CKEditorFuncNum=-2").context["upload_url"]
        described = client.post(upload_url, {"files": picture_file()}, follow=True)
        prefix = f"p{Image.objects.get().pk}"
        words = {f"{prefix}-alt": "New", f"{prefix}-licence_kind": "own"}
        response = client.post(described.redirect_chain[0][0], words, follow=True)
        assert [one["alt"] for one in response.context["new"]] == ["New"]
        assert b'data-function="-2"' in response.content

    @pytest.mark.parametrize(
        "query", ["CKEditorFuncNum=%22x", "page=x", "page=0", "q=%25_", "new=x", "page=999999"]
    )
    def test_forged_questions_are_no_error(self, cast: Cast, query: str) -> None:
        picture()
        response = desk(cast.editor).get(f"{PICKER}?{query}")
        assert response.status_code == 200
        assert b'data-function=""' in response.content

    def test_is_for_those_who_see_pictures(self, cast: Cast) -> None:
        assert Client().get(PICKER).status_code == 302
        assert desk(cast.administrator).get(PICKER).status_code == 403
        assert desk(cast.editor).post(PICKER, {"upload": picture_file()}).status_code == 405


class TestPicturesInTheText:
    def test_get_an_address_in_the_form_and_lose_it_when_stored(self, cast: Cast) -> None:
        key = picture().key
        stored = clean(f'<figure><img data-file="{key}" alt="A"><figcaption>B</figcaption></figure>')
        shown = with_addresses(stored)
        assert f'src="/admin/articles/image/file/{key}/w640.jpg"' in shown
        assert clean(shown) == stored

    def test_a_picture_of_somewhere_else_does_not_stay(self, cast: Cast) -> None:
        body = '<p>A</p><figure><img src="https://elsewhere.example/x.jpg" alt="x"></figure>'
        desk(cast.editor).post(ADD, filled(headline="A", body=body))
        from articles.models import Story

        assert "elsewhere" not in Story.objects.get().body


class TestAuthors:
    def test_a_manager_words_them_and_chooses_a_portrait(self, cast: Cast) -> None:
        person, image = author(), picture()
        data = {
            "name": "Ada  Quill",
            "slug": "ada-quill",
            "job_title": "Editor",
            "biography": "x",
            "picture": image.pk,
        }
        desk(cast.manager).post(f"/admin/articles/author/{person.pk}/change/", data)
        person.refresh_from_db()
        assert (person.name, person.job_title, person.picture) == ("Ada Quill", "Editor", image)

    @pytest.mark.parametrize("term", ["%_", "\\", "'" * 300])
    def test_any_search_for_one_is_answered(self, cast: Cast, term: str) -> None:
        asked = {"app_label": "articles", "model_name": "byline", "field_name": "author", "term": term}
        assert desk(cast.contributor).get("/admin/autocomplete/", asked).status_code == 200

    def test_an_editor_finds_them_for_a_byline(self, cast: Cast) -> None:
        author("Zoe Ink")
        asked = {"app_label": "articles", "model_name": "byline", "field_name": "author", "term": "zoe"}
        found = desk(cast.contributor).get("/admin/autocomplete/", asked).json()
        assert [one["text"] for one in found["results"]] == ["Zoe Ink, Managing Editor"]

    @pytest.mark.parametrize("model", ["author", "tag", "section"])
    def test_nobody_deletes_what_the_record_names(self, cast: Cast, model: str) -> None:
        published(cast)
        for user in (cast.manager, cast.administrator):
            response = desk(user).post(f"/admin/articles/{model}/1/delete/", {"post": "yes"})
            assert response.status_code in {302, 403}
        from articles.models import Author, Section, Tag

        assert all(table.objects.exists() for table in (Author, Section, Tag))


def _told() -> SimpleUploadedFile:
    """A JPEG that says in its XMP whose it is."""
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        b'photoshop:Credit="Own photographer"/></rdf:RDF></x:xmpmeta>'
    )
    data = BytesIO()
    Pillow.new("RGB", (400, 300), "teal").save(data, "JPEG", xmp=packet)
    return SimpleUploadedFile("told.jpg", data.getvalue(), "image/jpeg")


def _width(client: Client, image: Image, spec: str) -> int:
    return Pillow.open(BytesIO(b"".join(client.get(f"{LIST}file/{image.key}/{spec}.jpg")))).width

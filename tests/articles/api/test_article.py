"""One article."""

from datetime import timedelta

import pytest
from django.test import Client

from articles.models import Image
from tests.articles.api.asked import LIST, ask
from tests.newsdesk import NOW, Cast, draft, picture, published, republished, scheduled, taken_down

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class TestAnArticle:
    def test_comes_with_its_text_fit_to_leave_the_site(self, cast: Cast) -> None:
        inside = picture()
        body = (
            f'<p>See <a href="/about/">us</a>.</p><figure><img data-file="{inside.key}" alt="Hall"></figure>'
        )
        published(cast, slug="whole", body=body)
        html = ask("whole/")["html"]
        assert '<a href="http://testserver/about/">us</a>' in html
        assert f'src="http://testserver/media/{inside.key}/w800.jpg"' in html
        assert "<source" not in html and 'src="/' not in html

    def test_leaves_out_pictures_that_may_not_be_passed_on(self, cast: Cast) -> None:
        lead, inside = picture(), picture(caption="Inside")
        body = f'<p>Text.</p><figure><img data-file="{inside.key}" alt="Hall"></figure>'
        published(cast, slug="kept", lead_image=lead, body=body)
        Image.objects.update(licence_ends_at=NOW)
        said = ask("kept/")
        assert said["picture"] is None
        assert said["html"].strip() == "<p>Text.</p>"

    def test_says_what_was_corrected(self, cast: Cast) -> None:
        story = published(cast, slug="wrong", now=NOW - HOUR)
        note = {"change_kind": "correction", "public_note": "It was May."}
        republished(story, cast, now=NOW, standfirst="In May.", **note)
        [correction] = ask("wrong/")["corrections"]
        assert (correction["kind"], correction["note"]) == ("correction", "It was May.")

    def test_is_kept_by_whoever_has_it(self, cast: Cast) -> None:
        published(cast, slug="same")
        first = Client().get(f"{LIST}same/")
        assert first.headers["Cache-Control"] == "public, max-age=60"
        again = Client().get(f"{LIST}same/", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_may_be_read_by_scripts_of_any_site_and_sets_no_cookie(self, cast: Cast) -> None:
        published(cast, slug="open")
        response = Client().get(f"{LIST}open/")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies

    def test_answers_head_and_options_and_nothing_that_writes(self, cast: Cast) -> None:
        published(cast, slug="ways")
        head = Client().head(f"{LIST}ways/")
        assert (head.status_code, head.content) == (200, b"")
        assert Client().options(f"{LIST}ways/").headers["Allow"] == "GET, HEAD, OPTIONS"
        for method in ("post", "put", "patch", "delete"):
            refused = getattr(Client(enforce_csrf_checks=True), method)(f"{LIST}ways/")
            assert (refused.status_code, refused.json()["detail"]) == (405, "This API is read-only.")


class TestOneThatIsNotThere:
    def test_is_answered_like_one_that_never_was(self, cast: Cast) -> None:
        draft(cast.editor, slug="draft")
        scheduled(cast, slug="later", at=NOW + HOUR)
        assert ask("draft/", 404) == ask("later/", 404) == ask("never/", 404)

    def test_leads_from_an_old_address_to_the_new(self, cast: Cast) -> None:
        story = published(cast, slug="before", now=NOW - HOUR)
        republished(story, cast, now=NOW, slug="after", change_kind="update")
        response = Client().get(f"{LIST}before/")
        assert (response.status_code, response.headers["Location"]) == (301, f"{LIST}after/")

    def test_is_gone_with_what_the_publisher_says_of_it(self, cast: Cast) -> None:
        taken_down(cast, slug="gone")
        said = ask("gone/", 410)
        assert said["note"]
        assert "html" not in said

    def test_stays_with_a_notice_where_the_text_stays(self, cast: Cast) -> None:
        taken_down(cast, slug="withdrawn", kind="withdrawn")
        said = ask("withdrawn/")
        assert said["withdrawn"]["note"]
        assert said["html"]

    def test_is_answered_in_json_everywhere_below(self) -> None:
        for path in ("/api/v1/nonsense", "/api/v2/articles/", "/api/v1/articles/?topic=%00", "/api/"):
            assert Client().get(path).json()["status"] == 404

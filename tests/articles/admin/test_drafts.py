"""The preview while writing: readers' own page of words that nobody has saved."""

import pytest
from django.urls import reverse

from articles.models import Edition, Tag
from tests.articles.admin.desk_pages import in_situation, signed_in, url
from tests.articles.admin.posting import desk, filled
from tests.newsdesk import Cast, author, draft, picture, section, topic

pytestmark = pytest.mark.django_db


class TestTheDraft:
    def test_is_what_its_writer_typed(self, cast: Cast) -> None:
        story, client, lead = draft(cast.editor), desk(cast.editor), picture(alt="The bridge at night")
        typed = filled(
            story,
            headline="Unsaved headline",
            body="<p>Unsaved <strong>words</strong></p><script>alert(1)</script>",
            byline=[author("Zoe Ink", "Reporter"), author("Ada Quill")],
            topics=[topic("Köln", "koln").pk, "new:Bridges"],
            section=section("Health", "health").pk,
            lead_image=lead.pk,
        )
        client.post(url("autosave", story), typed)
        page = client.get(url("draft", story))
        html = page.content.decode()
        for words in (
            '<h1 dir="auto">Unsaved headline</h1>',
            "Unsaved <strong>words</strong>",
            "Zoe Ink",
            "Köln",
            "Bridges",
        ):
            assert words in html, words
        assert html.index("Zoe Ink") < html.index("Ada Quill")
        assert '<a href="/sections/health/">Health</a>' in html
        assert reverse("admin:articles_image_file", args=[lead.key, "w640"]) in html
        assert "<script" not in html
        assert not Edition.objects.exists()
        assert not Tag.objects.filter(name="Bridges").exists()

    def test_is_nobody_elses(self, cast: Cast) -> None:
        story = draft(cast.editor)
        desk(cast.editor).post(url("autosave", story), filled(story, headline="Unsaved headline"))
        assert "Unsaved headline" not in desk(cast.second_editor).get(url("draft", story)).content.decode()

    def test_is_the_story_as_it_stands_where_nothing_was_typed(self, cast: Cast) -> None:
        story = draft(cast.editor)
        assert (
            f'<h1 dir="auto">{story.headline}</h1>'
            in desk(cast.editor).get(url("draft", story)).content.decode()
        )

    def test_is_there_for_a_story_that_was_never_saved(self, cast: Cast) -> None:
        client = desk(cast.contributor)
        assert client.get("/admin/articles/story/draft/").status_code == 200
        client.post("/admin/articles/story/autosave/", filled(headline="Begun"))
        assert '<h1 dir="auto">Begun</h1>' in client.get("/admin/articles/story/draft/").content.decode()

    def test_is_framed_by_us_alone_and_kept_nowhere(self, cast: Cast) -> None:
        page = desk(cast.editor).get(url("draft", draft(cast.editor)))
        assert page["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
        assert "no-store" in page["Cache-Control"]

    def test_reaches_no_reader(self, cast: Cast) -> None:
        story = in_situation(cast, "live")
        typed = filled(
            story, headline="Unsaved headline", change_kind="correction", public_note="We were wrong."
        )
        desk(cast.editor).post(url("autosave", story), typed)
        shown = desk(cast.editor).get(url("draft", story)).content.decode()
        assert "We were wrong." in shown
        for path in ("/", story.editions.get().get_absolute_url(), "/articles/", "/feeds/latest.rss"):
            assert b"Unsaved headline" not in signed_in(None).get(path).content, path

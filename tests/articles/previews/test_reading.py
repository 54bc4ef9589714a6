"""What somebody outside gets by a preview link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.desk.preview_links import new_once, token_of
from articles.models import Image
from articles.previews import views
from newsroom.logs import without_tokens
from tests.articles.admin.desk_pages import signed_in
from tests.articles.previews.links import CLOSED, address, get, link_of, shared
from tests.html import assert_valid_html
from tests.newsdesk import NOW, Cast, change, draft, picture

INSIDE = '<p>Text.</p><figure><img data-file="{key}" alt="A reading room"></figure><p>More.</p>'


class TestThePage:
    def test_shows_the_text_and_what_it_is(self, cast: Cast) -> None:
        token = shared(draft(cast.editor), cast.editor, for_whom="Dr <Osei>")
        page = get(token).content.decode()
        assert_valid_html(page)
        for words in (
            "Council puts its records in one place",
            "Forms go on line in May.",
            "Preview: not published",
            "For Dr &lt;Osei&gt;.",
            "30 November 2026, 09:30",
            '<meta name="robots" content="noindex, nofollow">',
        ):
            assert words in page

    def test_says_nothing_of_where_the_story_will_stand(self, cast: Cast) -> None:
        page = get(shared(draft(cast.editor, slug="the-address"), cast.editor)).content.decode()
        for words in ("the-address", 'rel="canonical"', "og:", "ld+json", "Share", "bsky.app", "<script"):
            assert words not in page

    def test_stays_as_it_was_shared(self, cast: Cast) -> None:
        story = draft(cast.editor)
        token = shared(story, cast.editor)
        before = get(token).content
        change(
            story, by=cast.editor, now=NOW, headline="Council thinks again", standfirst="Nothing is decided."
        )
        assert get(token).content == before

    def test_answers_without_the_last_slash_too(self, cast: Cast) -> None:
        token = shared(draft(cast.editor), cast.editor)
        assert Client().get(f"/preview/{token}").status_code == 200

    @pytest.mark.parametrize("who", [None, "editor"])
    def test_leaves_nothing_behind(self, who: str | None, cast: Cast) -> None:
        image = picture(cast.editor)
        token = shared(draft(cast.editor, lead_image=image), cast.editor)
        client = signed_in(getattr(cast, who) if who else None)
        for path in (address(token), address(token, image)):
            got = client.get(path)
            assert got.status_code == 200
            assert got.headers.items() >= CLOSED.items()
            assert not got.cookies
            assert "Cookie" not in got.headers.get("Vary", "")
            assert "script" not in got.headers["Content-Security-Policy"]
            assert got.headers["Content-Security-Policy"].startswith("default-src 'none'")

    def test_refuses_whatever_is_no_question(self, cast: Cast) -> None:
        token = shared(draft(cast.editor), cast.editor)
        strict = Client(enforce_csrf_checks=True)
        for path in (address(token), address("A" * 43)):
            for ask in (strict.post, strict.put, strict.delete, strict.options):
                got = ask(path)
                assert (got.status_code, got.headers["Allow"]) == (405, "GET, HEAD")
                assert got.headers.items() >= CLOSED.items()

    def test_keeps_a_fault_out_of_caches_too(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        token = shared(draft(cast.editor), cast.editor)
        monkeypatch.setattr(views, "page", None)
        got = Client(raise_request_exception=False).get(address(token))
        assert got.status_code == 500
        assert got.headers.items() >= CLOSED.items()

    def test_costs_as_much_with_many_pictures(self, cast: Cast) -> None:
        costs = []
        for many in (1, 4):
            body = "".join(INSIDE.format(key=picture(cast.editor).key) for _ in range(many))
            token = shared(draft(cast.editor, headline=f"With {many}", body=body), cast.editor)
            get(token)
            with CaptureQueriesContext(connection) as queries:
                get(token)
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 11


class TestPictures:
    def test_come_through_the_link(self, cast: Cast) -> None:
        lead, inside = picture(cast.editor), picture(cast.editor)
        story = draft(cast.editor, lead_image=lead, body=INSIDE.format(key=inside.key))
        token = shared(story, cast.editor)
        page = get(token).content.decode()
        for image in (lead, inside):
            assert address(token, image) in page
            assert get(token, image).content.startswith(b"\xff\xd8")
        assert '"/media/' not in page

    @pytest.mark.parametrize(
        "ended", [{"licence_ends_at": NOW + timedelta(minutes=30)}, {"licence_scopes": ["email"]}]
    )
    def test_are_left_out_where_no_reader_could_see_them(self, ended: dict[str, object], cast: Cast) -> None:
        image = picture(cast.editor)
        token = shared(draft(cast.editor, lead_image=image), cast.editor)
        Image.objects.filter(pk=image.pk).update(**ended)
        assert image.key not in get(token).content.decode()
        assert get(token, image).status_code == 404


class TestCounting:
    def test_counts_who_reads_and_not_who_only_asks(self, cast: Cast) -> None:
        image = picture(cast.editor)
        token = shared(draft(cast.editor, lead_image=image), cast.editor)
        assert Client().head(address(token)).status_code == 200
        Client().post(address(token)), get(token, image)
        assert (link_of(token).reads, link_of(token).last_read_at) == (0, None)
        get(token)
        assert (link_of(token).reads, link_of(token).last_read_at) == (1, NOW + timedelta(hours=1))

    def test_loses_none_of_two_at_once(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """The second reads while the first is being answered."""
        token = shared(draft(cast.editor), cast.editor)
        page = views.page

        def slowly(*args, **kwargs):
            monkeypatch.setattr(views, "page", page)
            get(token)
            return page(*args, **kwargs)

        monkeypatch.setattr(views, "page", slowly)
        get(token)
        assert link_of(token).reads == 2


class TestLogs:
    @pytest.mark.parametrize(
        "line", ["Not Found: /preview/{}/", '"GET /preview/{} HTTP/1.1" 200', "/preview/{}/media/x"]
    )
    def test_hold_no_token(self, line: str) -> None:
        said = without_tokens(None, "info", {"event": line.format(token_of(new_once()))})["event"]
        assert said == line.format("…")

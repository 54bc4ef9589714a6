from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from articles.desk import page_addresses, pages
from articles.desk.refusals import NotAllowed
from articles.models import Page
from tests.html import words
from tests.newsdesk import NOW, Cast, published
from tests.pages.reading import queries, read
from tests.title_pages import saved, title_page
from tests.wall.addresses import public_routes

pytestmark = pytest.mark.usefixtures("today")


class TestReaders:
    def test_find_the_page_and_when_it_was_changed(self, cast: Cast, client: Client) -> None:
        title_page(cast, body="<p>We write.</p><h2>Who we are</h2><p>Two people.</p>")
        page = read(client, "/about/")
        assert page.headings(1) == ["About us"]
        assert "Last updated 23 November 2026" in page.words()
        assert page.link("canonical") == "http://testserver/about/"
        assert page.meta("description") == "We write. Two people."

    def test_find_it_in_the_foot_of_every_page_in_its_order(self, cast: Cast, client: Client) -> None:
        published(cast)
        title_page(cast, "Contact", "contact", order=20)
        title_page(cast, order=10)
        title_page(cast, "Unlisted", "unlisted", in_footer=False)
        for path in ("/", "/articles/", "/search/", "/nowhere/"):
            foot = read(client, path, 404 if path == "/nowhere/" else 200).tree.find(".//footer")
            assert foot is not None
            ours = [link.get("href") for link in foot.iter("a")]
            assert [href for href in ours if href in ("/about/", "/contact/", "/unlisted/")] == [
                "/about/",
                "/contact/",
            ]

    def test_cost_no_page_a_query(self, cast: Cast, client: Client) -> None:
        published(cast)
        before = queries(client, "/articles/")
        title_page(cast)
        assert queries(client, "/articles/") == before
        assert queries(client, "/about/") == 1

    def test_find_nothing_before_it_is_public(self, cast: Cast, client: Client) -> None:
        title_page(cast, is_public=False)
        assert client.get("/about/").status_code == 404
        assert "/about/" not in client.get("/").text

    def test_are_led_on_from_an_address_it_once_had(self, cast: Cast, client: Client) -> None:
        page = title_page(cast, slug="who-we-are")
        saved(page, cast, slug="about")
        answer = client.get("/who-we-are/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/about/")

    def test_are_told_when_it_was_removed(self, cast: Cast, client: Client) -> None:
        page = title_page(cast, slug="who-we-are")
        saved(page, cast, slug="about")
        saved(page, cast, is_public=False)
        for path in ("/about/", "/who-we-are/"):
            assert "removed" in read(client, path, 410).words()
        saved(page, cast, is_public=True)
        assert read(client, "/about/").headings(1) == ["About us"]

    def test_go_from_the_corrections_to_the_policy_and_back(self, cast: Cast, client: Client) -> None:
        title_page(cast, "Corrections policy", "policy", purpose="corrections")
        assert "/policy/" in read(client, "/corrections/").links()
        assert "/corrections/" in read(client, "/policy/").links()


class TestAddresses:
    def test_of_the_site_itself_are_refused(self, cast: Cast) -> None:
        firsts = {route.lstrip("^").partition("/")[0] for route in public_routes()}
        plain = {first for first in firsts if first.isalnum()}
        assert {"articles", "search", "feeds", "alerts", "corrections"} <= plain | {"feeds"}
        for slug in {*plain, "admin", "accounts", "media", "static", "preview", "feeds"}:
            assert page_addresses.is_reserved(slug), slug
        assert not page_addresses.is_reserved("about")
        problem = pages.problems(Page(title="Search", slug="search"))
        assert problem == {"slug": "/search/ is taken by the site itself. Choose another address."}

    def test_come_after_every_other_route(self) -> None:
        assert get_resolver().resolve("/search/").url_name == "search"

    def test_that_led_to_another_page_are_refused(self, cast: Cast) -> None:
        first = title_page(cast, slug="who-we-are")
        saved(first, cast, slug="about")
        assert "slug" in pages.problems(Page(title="New", slug="who-we-are"))
        assert pages.problems(first) == {}


class TestVersions:
    def test_keep_who_changed_what(self, cast: Cast) -> None:
        page = title_page(cast)
        later = NOW + timedelta(days=1)
        assert saved(page, cast, now=later, body="<p>We write about hospitals.</p>")
        assert not saved(page, cast, now=later)
        first, second = page.versions.order_by("number")
        assert (first.said["body"], second.said["body"]) == (
            "<p>We write about councils.</p>",
            "<p>We write about hospitals.</p>",
        )
        assert (second.saved_by, second.saved_at) == (cast.manager, later)

    def test_are_put_back_as_a_new_one(self, cast: Cast, client: Client) -> None:
        page = title_page(cast)
        saved(page, cast, body="<p>Worse.</p>", order=5)
        pages.put_back(page, page.versions.get(number=1), by=cast.manager, now=NOW)
        assert "We write about councils." in read(client, "/about/").words()
        last = page.versions.latest("number")
        assert (last.number, last.put_back, last.said["order"]) == (3, 1, 5)

    def test_put_back_leave_where_it_stands_as_somebody_else_set_it_meanwhile(self, cast: Cast) -> None:
        page = title_page(cast)
        saved(page, cast, body="<p>Worse.</p>")
        opened = Page.objects.get(pk=page.pk)
        saved(page, cast, is_public=False)
        pages.put_back(opened, page.versions.get(number=1), by=cast.manager, now=NOW)
        assert not Page.objects.get(pk=page.pk).is_public

    def test_that_are_empty_are_not_put_back_before_readers(self, cast: Cast, client: Client) -> None:
        page = title_page(cast, body="", is_public=False)
        saved(page, cast, body="<p>We write about councils.</p>", is_public=True)
        client.force_login(cast.manager)
        answer = client.post(f"/admin/articles/page/{page.pk}/versions/1/back/", follow=True)
        assert "Readers would find an empty page" in answer.text
        assert "We write about councils." in read(client, "/about/").words()

    @pytest.mark.parametrize("who", ["editor", "administrator"])
    def test_are_made_by_managers_only(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            pages.save(Page(title="Ours", slug="ours"), by=getattr(cast, who), now=NOW)


class TestTheDesk:
    URL = "/admin/articles/page/add/"
    FORM = {
        "title": "About us",
        "slug": "about",
        "body": "<p>We write.</p><script>alert(1)</script>",
        "order": "1",
        "is_public": "on",
    }

    @pytest.fixture
    def manager(self, cast: Cast, client: Client) -> Client:
        client.force_login(cast.manager)
        return client

    def test_saves_what_the_cleaner_leaves(self, manager: Client) -> None:
        assert manager.post(self.URL, self.FORM).status_code == 302
        page = Page.objects.get()
        assert (page.html, page.version) == ("<p>We write.</p>", 1)

    def test_shows_it_before_it_is_saved(self, manager: Client) -> None:
        seen = manager.post(self.URL, self.FORM | {"_preview": "1"})
        assert "<h1>About us</h1>" in seen.text
        assert "<p>We write.</p>" in seen.text
        assert not Page.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("slug", "search", "taken by the site itself"),
            ("body", "", "Readers would find an empty page"),
            ("body", f'<figure><img data-file="{"a" * 32}" alt="x"></figure>', "hold no pictures"),
            ("slug", "…", "plain letters"),
        ],
    )
    def test_says_what_is_wrong(self, manager: Client, field: str, value: str, sentence: str) -> None:
        answer = manager.post(self.URL, self.FORM | {field: value})
        assert sentence in answer.text
        assert not Page.objects.exists()

    def test_writes_over_nobody_unseen(self, manager: Client, cast: Cast) -> None:
        page = title_page(cast)
        url = f"/admin/articles/page/{page.pk}/change/"
        form = self.FORM | {"seen": "1"}
        saved(page, cast, body="<p>Meanwhile.</p>")
        assert "Somebody saved this page" in manager.post(url, form).text
        page.refresh_from_db()
        assert page.body == "<p>Meanwhile.</p>"
        assert manager.post(url, form | {"seen": "2"}).status_code == 302

    def test_lists_versions_and_puts_one_back(self, manager: Client, cast: Cast) -> None:
        page = title_page(cast)
        saved(page, cast, body="<p>We write about hospitals.</p>")
        at = f"/admin/articles/page/{page.pk}/versions/"
        listed = manager.get(at)
        assert "Version 2" in listed.text
        assert "Text" in listed.text
        assert "hospitals" in manager.get(f"{at}2/").text
        assert manager.post(f"{at}1/back/").status_code == 302
        page.refresh_from_db()
        assert page.body == "<p>We write about councils.</p>"
        assert manager.get(f"{at}9/").status_code == 404
        assert manager.get("/admin/articles/page/x/versions/").status_code == 404


def test_the_demo_has_the_pages_that_are_wanted(cast: Cast, client: Client) -> None:
    from articles.demo.title_pages import print_missing, texts
    from articles.models.pages import WANTED

    assert {text.purpose for text in texts()} == set(WANTED)
    assert print_missing(by=cast.manager, now=NOW) == len(WANTED)
    assert print_missing(by=cast.manager, now=NOW) == 0
    for text in texts():
        page = read(client, f"/{text.slug}/")
        assert words(page.main)
        # Their links to each other lead somewhere.
        for href in page.links():
            if href.startswith("/"):
                assert client.get(href).status_code == 200, href

"""The sitemaps' addresses answered."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.answers import for_machines
from articles.public_pages import public_page
from articles.sitemaps import contents
from articles.sitemaps.contents import News, Page
from articles.views.pages import full_url
from articles.xml import document, element, parent

CONTENT_TYPE = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"


@public_page(keys=("lists",))
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """List the sitemaps."""
    parts = [
        Page(f"/sitemap-articles-{number}.xml", changed_at)
        for number, changed_at in contents.parts(timezone.now())
    ]
    return _answer(request, "sitemapindex", "sitemap", [Page("/sitemap-pages.xml"), *parts])


@public_page(keys=("lists",))
@require_safe
def pages(request: HttpRequest) -> HttpResponseBase:
    """List all pages but the articles."""
    return _answer(request, "urlset", "url", contents.pages(timezone.now()))


@public_page(keys=("lists",))
@require_safe
def articles(request: HttpRequest, number: str) -> HttpResponseBase:
    """List the articles of one part; 404 where there are none."""
    found = contents.articles(int(number), timezone.now())
    if not found:
        raise Http404
    return _answer(request, "urlset", "url", found)


@public_page(keys=("lists",))
@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """List the articles of the last two days, for news search."""
    rows = (parent("url", _news(found)) for found in contents.news(timezone.now()))
    written = parent("urlset", rows, xmlns=NAMESPACE, xmlns__news=NEWS_NAMESPACE)
    return for_machines(request, document(written), CONTENT_TYPE)


def _answer(request: HttpRequest, root: str, item: str, listed: Iterable[Page]) -> HttpResponseBase:
    rows = (parent(item, _item(page)) for page in listed)
    return for_machines(request, document(parent(root, rows, xmlns=NAMESPACE)), CONTENT_TYPE)


def _item(page: Page) -> Iterator[str]:
    yield element("loc", full_url(page.path))
    if page.changed_at is not None:
        yield element("lastmod", page.changed_at.isoformat(timespec="seconds"))


def _news(found: News) -> Iterator[str]:
    language = settings.LANGUAGE_CODE.partition("-")[0]
    publication = [element("news:name", settings.SITE_NAME), element("news:language", language)]
    yield element("loc", full_url(found.path))
    yield parent(
        "news:news",
        [
            parent("news:publication", publication),
            element("news:publication_date", found.published_at.isoformat(timespec="seconds")),
            element("news:title", found.headline),
        ],
    )

"""A page of the title, such as About: what the title says of itself."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from articles.body.text import shortened
from articles.models.pages import Page, PageAddress, Purpose
from articles.public_pages import public_page
from articles.views.dates import machine, written
from articles.views.pages import full_url, page
from articles.views.structured_pages import title_page_data
from articles.views.wording import plain

#: About what search engines print below a result.
DESCRIPTION = 160


@public_page()
@require_safe
def title_page(request: HttpRequest, slug: str) -> HttpResponse:
    found = Page.objects.public().filter(slug=slug).first()
    if found is None:
        return _moved(slug)
    return page("articles/title_page.html", context(found))


def context(found: Page) -> dict[str, Any]:
    """Prepare all that the page's template prints. The page need not be saved: a preview's is not."""
    path = found.get_absolute_url()
    description = found.description or shortened(plain(found.html), DESCRIPTION)
    return {
        "page": found,
        "path": path,
        "description": description,
        "updated": found.updated_at and (machine(found.updated_at), written(found.updated_at)),
        "leads_to_corrections": found.purpose == Purpose.CORRECTIONS,
        "structured": title_page_data(found, full_url(path), description),
    }


def _moved(slug: str) -> HttpResponse:
    """Answer for an address without a public page: one that readers once had leads on, or says that it is gone."""
    once = PageAddress.objects.filter(slug=slug).select_related("page").first()
    if once is None:
        raise Http404
    if once.page.is_public:
        response: HttpResponse = HttpResponsePermanentRedirect(once.page.get_absolute_url())
    else:
        response = page("articles/title_page_gone.html", status=410)
    # The page may come back, or get its old address back: no browser keeps this for ever.
    response.headers["Cache-Control"] = "no-cache"
    return response

"""The readers' addresses: a contract, because others link to them."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from articles.views.archive import month, year
from articles.views.article import article
from articles.views.author import author
from articles.views.corrections import corrections
from articles.views.front import front
from articles.views.history import history
from articles.views.latest import latest
from articles.views.search import search
from articles.views.section import section
from articles.views.title_page import title_page
from articles.views.topic import topic


class Digits:
    """A year or a month as it is written in an address: with all its digits, so that each page has one address."""

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:0{self.width}}"

    width = 4
    regex = "[0-9]{4}"


class TwoDigits(Digits):
    width = 2
    regex = "[0-9]{2}"


class TopicSlug(StringConverter):
    """A topic's slug, which may have letters of any alphabet: /topics/köln/."""

    regex = r"[-\w]+"


register_converter(TopicSlug, "topic")
register_converter(Digits, "yyyy")
register_converter(TwoDigits, "mm")

app_name = "articles"

urlpatterns = [
    path("", front, name="front"),
    path("articles/", latest, name="latest"),
    path("articles/<slug:slug>/", article, name="article"),
    path("articles/<slug:slug>/history/", history, name="history"),
    path("corrections/", corrections, name="corrections"),
    path("sections/<slug:slug>/", section, name="section"),
    path("topics/<topic:slug>/", topic, name="topic"),
    path("authors/<slug:slug>/", author, name="author"),
    path("archive/<yyyy:year>/", year, name="year"),
    path("archive/<yyyy:year>/<mm:month>/", month, name="month"),
    path("search/", search, name="search"),
    path("api/v1/", include("articles.api.urls")),
    path("", include("articles.machine_urls")),
    # Last: whatever else the site answers goes before a page of the title.
    path("<slug:slug>/", title_page, name="title-page"),
]

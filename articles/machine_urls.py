"""The addresses of the readers' side that machines read: feeds, sitemaps, robots.txt and pictures."""

from django.urls import URLPattern, path, re_path

from articles.feeds import views as feeds
from articles.sitemaps import views as sitemaps
from articles.views import media, robots, security_txt

ENDINGS = "|".join(feeds.FORMATS)

urlpatterns: list[URLPattern] = [
    re_path(rf"^feeds/latest\.(?P<ending>{ENDINGS})$", feeds.newest, name="feed"),
    re_path(
        rf"^(?P<kind>sections|topics|authors)/(?P<slug>[-\w]+)/feed\.(?P<ending>{ENDINGS})$",
        feeds.of,
        name="feed-of",
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap-pages"),
    re_path(
        r"^sitemap-articles-(?P<number>0|[1-9][0-9]{0,8})\.xml$", sitemaps.articles, name="sitemap-articles"
    ),
    path(".well-known/security.txt", security_txt.security_txt, name="security-txt"),
    path("robots.txt", robots.robots, name="robots"),
    re_path(r"^media/(?P<name>[\s\S]*)\Z", media.picture, name="picture"),
]

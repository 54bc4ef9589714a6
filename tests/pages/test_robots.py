from django.test import Client, override_settings


class TestRobots:
    def test_names_what_is_closed_and_where_the_sitemap_is(self, client: Client) -> None:
        with override_settings(SITE_URL="https://news.example.org"):
            response = client.get("/robots.txt", headers={"Host": "testserver"})
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode().splitlines() == [
            "User-agent: *",
            "Disallow: /admin/",
            "Disallow: /accounts/",
            "Disallow: /preview/",
            "",
            "Sitemap: https://news.example.org/sitemap.xml",
            "Sitemap: https://news.example.org/news-sitemap.xml",
        ]

    def test_needs_no_database(self, client: Client) -> None:
        assert client.get("/robots.txt").status_code == 200  # pytest-django would refuse a query

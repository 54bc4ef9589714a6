from urllib.parse import parse_qs, urlsplit

from articles.sharing import share_links


class TestShareLinks:
    def test_carry_any_headline_whole(self) -> None:
        url, headline = "https://news.example.org/articles/a/?b=c&d", "50% & “more”: a\nb #x"
        links = {share.name: urlsplit(share.url) for share in share_links(url, headline)}
        assert parse_qs(links["X"].query) == {"text": [headline], "url": [url]}
        assert parse_qs(links["LinkedIn"].query) == {"url": [url]}
        assert parse_qs(links["WhatsApp"].query) == {"text": [f"{headline} {url}"]}
        assert parse_qs(links["E-mail"].query) == {"subject": [headline], "body": [url]}
        assert all(not link.fragment for link in links.values())

    def test_lead_nowhere_by_way_of_a_counter(self) -> None:
        hosts = {urlsplit(share.url).hostname for share in share_links("https://a.example/", "A")}
        known = {None, "www.linkedin.com", "bsky.app", "x.com", "www.facebook.com", "wa.me"}
        assert hosts == known

"""The page behind "Register for alerts", until there is something to register for."""


class TestThePage:
    def test_says_that_e_mail_is_not_open_yet(self, client, db):
        answer = client.get("/alerts/")
        assert answer.status_code == 200
        assert b"not open yet" in answer.content

    def test_leads_to_the_feeds_meanwhile(self, client, db):
        page = client.get("/alerts/").content.decode()
        for address in ("/feeds/latest.rss", "/feeds/latest.atom"):
            assert f'href="{address}"' in page
            assert client.get(address).status_code == 200

    def test_takes_no_address(self, client, db):
        assert b"<form" not in client.get("/alerts/").content.split(b"<main")[1].split(b"</main>")[0]
        assert client.post("/alerts/", {"email": "ada@example.org"}).status_code == 405

"""A link opens one thing for one person: nothing that was guessed, changed or meant for another purpose is one."""

import random
from datetime import timedelta
from runpy import run_path
from types import SimpleNamespace

import pytest
from django.utils import timezone
from gunicorn.config import Config

from alerts.hashes import address_hash, source_hash
from alerts.models import Subscriber
from alerts.tokens import Purpose, subscriber_of, token
from newsroom.logs import without_tokens

pytestmark = pytest.mark.django_db

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def subscriber(address: str) -> Subscriber:
    return Subscriber.objects.create(
        address=address, address_hash=address_hash(address), confirmed_at=timezone.now()
    )


class TestDrillE12:
    def test_a_token_opens_what_it_is_for(self):
        reader = subscriber("reader@example.org")
        assert subscriber_of(token(reader, Purpose.MANAGE), Purpose.MANAGE) == reader

    def test_a_token_for_one_purpose_is_none_for_another(self):
        given = token(subscriber("reader@example.org"), Purpose.UNSUBSCRIBE)
        assert subscriber_of(given, Purpose.MANAGE) is None

    def test_the_proof_of_one_reader_is_none_for_another(self):
        one, other = (
            token(subscriber(f"{name}@example.org"), Purpose.MANAGE) for name in ("reader", "other")
        )
        assert subscriber_of(one[:22] + other[22:], Purpose.MANAGE) is None

    def test_no_other_spelling_is_accepted(self):
        given = token(subscriber("reader@example.org"), Purpose.MANAGE)
        dice = random.Random(12)
        for _ in range(300):
            place, sign = dice.randrange(len(given)), dice.choice(SIGNS)
            changed = given[:place] + sign + given[place + 1 :]
            assert changed == given or subscriber_of(changed, Purpose.MANAGE) is None
        for odd in ("", given[:-1], given + "A", given + "=", given.upper(), given + "\n", "é" * 44):
            assert subscriber_of(odd, Purpose.MANAGE) is None

    def test_it_outlives_a_change_of_the_secret_key(self, settings):
        reader = subscriber("reader@example.org")
        given = token(reader, Purpose.UNSUBSCRIBE)
        settings.SECRET_KEY = "another-key-" + "y" * 40
        assert subscriber_of(given, Purpose.UNSUBSCRIBE) == reader


class TestHashes:
    def test_capitals_make_no_other_mailbox(self):
        assert address_hash("Reader@Example.org ") == address_hash("reader@example.org")

    def test_the_same_words_hash_differently_for_another_purpose(self):
        assert address_hash("192.0.2.1") != source_hash("192.0.2.1")

    def test_nobody_without_the_key_can_make_them(self, settings):
        before = address_hash("reader@example.org")
        settings.ADDRESS_KEY = "another"
        assert address_hash("reader@example.org") != before


class TestLogs:
    @pytest.mark.parametrize("page", ["confirm", "manage", "unsubscribe"])
    def test_name_no_link(self, page):
        given = token(subscriber("reader@example.org"), Purpose.MANAGE)
        said = without_tokens(None, "info", {"event": f"Not Found: /alerts/{page}/{given}/erase/"})["event"]
        assert said == f"Not Found: /alerts/{page}/…/erase/"

    def test_of_the_web_server_name_none_either(self):
        logger = run_path("deploy/gunicorn.conf.py")["logger_class"](Config())
        path = f"/alerts/confirm/{'ab' * 32}/"
        environ = {"REQUEST_METHOD": "GET", "RAW_URI": path, "SERVER_PROTOCOL": "HTTP/1.1", "PATH_INFO": path}
        request, answer = (
            SimpleNamespace(headers=[("Referer", path)]),
            SimpleNamespace(status=200, headers=[]),
        )
        atoms = logger.atoms(answer, request, environ | {"HTTP_REFERER": path}, timedelta())
        assert atoms["r"] == "GET /alerts/confirm/…/ HTTP/1.1"
        assert "abab" not in str(atoms)

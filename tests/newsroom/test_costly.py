"""Drill E16, small: what is made to cost much is answered, and with no fault of ours (its times: drills)."""

import pytest
from django.test import Client

from drills._costly import requests
from tests.newsdesk import NOW, Cast, published


@pytest.mark.django_db
def test_costly_input_is_answered_with_no_fault(cast: Cast) -> None:
    slug = published(cast, now=NOW).slug
    client = Client(raise_request_exception=False)
    wrong = {}
    for what, path, headers in list(requests(slug))[::3]:
        answer = client.get(path, headers=headers)
        if answer.status_code not in (200, 301, 302, 400, 404, 414, 422, 431):
            wrong[what] = answer.status_code
    assert wrong == {}

"""A form is taken from our own pages alone, as far as a browser says where it comes from."""

import pytest

from alerts.same_origin import from_elsewhere


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({}, False),
        ({"Origin": "http://testserver"}, False),
        ({"Origin": "https://testserver"}, False),  # a proxy spoke TLS
        ({"Origin": "https://testserver.evil.example"}, True),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "http://["}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
    ],
)
def test_where_a_form_is_from(rf, headers, elsewhere):
    assert from_elsewhere(rf.post("/alerts/", headers=headers)) is elsewhere


def test_a_page_with_a_secret_address_names_no_origin(rf):
    request = rf.post("/alerts/manage/x/", headers={"Origin": "null"})
    assert not from_elsewhere(request, is_secret=True)

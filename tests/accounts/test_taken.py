"""Drill C6, small: each right of the table of roles is taken from its role, and gone at the next request."""

from django.test import Client

from accounts.roles import PERMISSIONS
from drills._rights import RIGHTS, Right, give, take, things
from tests.newsdesk import Cast

REFUSED = {302, 403, 404}


def test_each_right_has_a_row() -> None:
    assert {right.name for right in RIGHTS} == set().union(*PERMISSIONS.values())
    assert all(right.name in PERMISSIONS[right.role] for right in RIGHTS)


def test_is_gone_at_the_next_request_of_either_session(cast: Cast) -> None:
    named, wrong = things(cast), {}
    browsers = {role: [Client(), Client()] for role in ("editor", "manager", "administrator")}
    for role, pair in browsers.items():
        for browser in pair:
            browser.force_login(getattr(cast, role))
    for right in RIGHTS:
        before = [_opens(browser, right, named) for browser in browsers[right.role]]
        take(right.role, *right.taken)
        after = [_opens(browser, right, named) for browser in browsers[right.role]]
        give(right.role, *right.taken)
        if (before, after) != ([True, True], [False, False]):
            wrong[right.name] = before, after
    assert wrong == {}


def _opens(browser: Client, right: Right, named: dict[str, int]) -> bool:
    ask = browser.post if right.method == "POST" else browser.get
    return ask(right.address.format(**named)).status_code not in REFUSED

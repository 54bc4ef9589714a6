"""Drill E15: a manager and an administrator without a second factor, on every way in and at every address there is.

Passes when none gets in by password, reset, invitation, the admin's own form or a session from before, when a reset
leaves the factor as it was, and when every address answers them as it answers anybody.
`python -m drills.e15_second_factor`
"""

import sys
from collections.abc import Iterator

from benchmarks import _site
from drills import _signing_in
from drills._signing_in import LOGIN, PASSWORD, SECOND, SET_UP, Browser, code, link_mailed
from drills._verdict import verdict

NEW = "three unrelated words"
ROLES = ("manager", "administrator")

ADDRESSES = """
import django; django.setup()
from accounts.second_factor import SETTING_UP
from tests import walking
for route, pattern in walking.routes():
    if pattern.name not in SETTING_UP | {"account_login"}:
        print(walking.address(route, 1))
"""
INVITE = """
import django; django.setup()
from accounts import invitations
from accounts.models import User
print(invitations.link(User.objects.create_user("nia@newsroom.example", name="Nia", role="manager")))
"""
PROMOTE = """
import django; django.setup()
from accounts.models import User
User.objects.filter(email="editor@newsroom.example").update(role="manager")
"""


def main() -> int:
    done = [judged(vendor) for vendor in _site.vendors()]
    return verdict(all(passes for passes, _ in done), "; ".join(figure for _, figure in done))


def judged(vendor: str) -> tuple[bool, str]:
    with _signing_in.newsroom(vendor, *ROLES, "editor") as (site, server):
        addresses = site.run("-c", ADDRESSES).split()
        walked = [fault for role in ROLES for fault in walk(server.port, role, addresses)]
        ways = dict(try_ways(site, server.port))
    for fault in walked:
        print(f"   - {vendor}: {fault}")
    for way, stopped in ways.items():
        print(f"   {vendor}: {'as it has to be' if stopped else 'WRONG'}: {way}")
    wrong = [way for way, stopped in ways.items() if not stopped]
    figure = (
        f"{vendor}: {len(walked)} of {len(addresses)} addresses open, {len(wrong)} of {len(ways)} ways wrong"
    )
    return bool(addresses) and not walked and not wrong, figure


def walk(port: int, role: str, addresses: list[str]) -> Iterator[str]:
    """Ask for everything and send a form everywhere, half signed in and not at all; say where it makes a difference."""
    half, nobody = Browser(port), Browser(port)
    nobody.get(LOGIN)
    half.sign_in(f"{role}@newsroom.example")
    if half.get(LOGIN).location != SET_UP:
        yield f"{role}: is not led to setting it up"
    for address in addresses:
        for ask in ("get", "post"):
            answers = [
                one.get(address) if ask == "get" else one.post(address, {"action": "x"})
                for one in (half, nobody)
            ]
            said = [(answer.status, answer.location) for answer in answers]
            if said[0] != said[1]:
                yield f"{role}: {ask} {address}: {said[0]}, and anybody {said[1]}"


def try_ways(site: _site.Scratch, port: int) -> Iterator[tuple[str, bool]]:
    manager, first = "manager@newsroom.example", Browser(port)
    first.sign_in(manager)
    yield "password, before there is one", not first.gets_in()
    secret = first.set_up()
    yield "both (has to get in)", first.gets_in()
    yield "password", not _after(Browser(port), lambda one: one.sign_in(manager))
    yield (
        "password, kept signed in",
        not _after(
            Browser(port),
            lambda one: one.post(LOGIN, {"login": manager, "password": PASSWORD, "remember": "on"}),
        ),
    )
    yield (
        "the admin's own form",
        not _after(
            Browser(port), lambda one: one.post("/admin/login/", {"username": manager, "password": PASSWORD})
        ),
    )
    reset = Browser(port)
    reset.post("/accounts/password/reset/", {"email": manager})
    form = reset.get(link_mailed(site, "/password/reset/key/")).location
    reset.post(form, {"password1": NEW, "password2": NEW})
    yield "a reset alone", not reset.gets_in()
    reset.sign_in(manager, NEW)
    yield "a reset and the new password", not reset.gets_in()
    yield "the session from before the reset", not first.gets_in()
    reset.post(SECOND, {"code": "000000"})
    yield "a wrong code", not reset.gets_in()
    reset.post(SECOND, {"code": code(secret)})
    yield "the factor set up before the reset (has to get in)", reset.gets_in()
    new = Browser(port)
    new.get(site.run("-c", INVITE).strip().partition("127.0.0.1")[2])
    new.post("/accounts/invitation/join/", {"password1": NEW, "password2": NEW})
    new.sign_in("nia@newsroom.example", NEW)
    yield "an invitation", not new.gets_in() and new.get(LOGIN).location == SET_UP
    editor = Browser(port)
    editor.sign_in("editor@newsroom.example")
    before = editor.gets_in()
    site.run("-c", PROMOTE)
    yield "a session from before a promotion", before and not editor.gets_in()


def _after(browser: Browser, act: object) -> bool:
    act(browser)  # type: ignore[operator]
    return browser.gets_in()


if __name__ == "__main__":
    sys.exit(main())

"""Drill E14: a thousand guesses at an account's password from two addresses, at two processes that share no memory.

Passes when at most ten from each are looked at in a quarter of an hour, the owner gets in meanwhile with both factors
from elsewhere and by a browser used before even from the attacker's address, and codes are no easier to guess.
`python -m drills.e14_guessing`
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks import _site
from drills import _signing_in
from drills._signing_in import SECOND, Browser, code
from drills._verdict import verdict

OWNER = "manager@newsroom.example"
SOURCES = ("127.0.1.1", "127.0.1.2")
GUESSES, CODES, MOST = 1000, 30, 10
TOO_MANY = "Too many attempts"


def main() -> int:
    done = [attack(vendor) for vendor in _site.vendors()]
    return verdict(all(passes for passes, _ in done), "; ".join(figure for _, figure in done))


def attack(vendor: str) -> tuple[bool, str]:
    with _signing_in.newsroom(vendor, "manager") as (_, server):
        known = Browser(server.port, SOURCES[0])
        known.sign_in(OWNER)
        secret = known.set_up()
        known.post("/accounts/logout/", {})
        looked_at = dict(zip(SOURCES, guess(server.port), strict=True))
        elsewhere, here = Browser(server.port, "127.0.2.1"), known
        owner = [gets_in_with_both(browser, secret) for browser in (elsewhere, here)]
        codes = guess_codes(server.port)
    print(
        f"   {vendor}: of {GUESSES:,} guesses looked at {looked_at}; the owner gets in: {owner}; {codes} codes"
    )
    passes = all(0 < number <= MOST for number in (*looked_at.values(), codes)) and all(owner)
    return (
        passes,
        f"{vendor}: {max(looked_at.values())} of {GUESSES // 2} an address, {codes} of {CODES} codes",
    )


def guess(port: int) -> list[int]:
    """Guess from each address, by four browsers at once; give how many guesses were looked at."""

    def one(source: str, browser: int) -> int:
        attacker = Browser(port, source)
        answers = [
            attacker.sign_in(OWNER, f"guess {browser} {n}").text for n in range(GUESSES // len(SOURCES) // 4)
        ]
        return sum(TOO_MANY not in answer for answer in answers)

    with ThreadPoolExecutor(8) as pool:
        asked = [[pool.submit(one, source, n) for n in range(4)] for source in SOURCES]
        return [sum(future.result() for future in futures) for futures in asked]


def gets_in_with_both(browser: Browser, secret: str) -> bool:
    """Sign in with the app's next code: each is good once."""
    time.sleep(30 - time.time() % 30)
    browser.sign_in(OWNER)
    browser.post(SECOND, {"code": code(secret)})
    return browser.gets_in()


def guess_codes(port: int) -> int:
    """Guess at codes with the password known, from a third address."""
    attacker = Browser(port, "127.0.1.3")
    attacker.sign_in(OWNER)
    answers = [attacker.post(SECOND, {"code": f"{n:06d}"}).text for n in range(CODES)]
    return sum("not right" in answer for answer in answers)


if __name__ == "__main__":
    sys.exit(main())

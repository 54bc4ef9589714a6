"""Drill E12: 10,000 links that are nearly those of readers' mails: changed, cut, swapped, guessed.

Passes when none is answered but by 404, no row of any table of alerts has changed, and the links themselves work.
`python -m drills.e12_tokens [COUNT]`
"""

import base64
import http.client
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from benchmarks import _site

READERS = 20
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

type Links = list[dict[str, str]]


def main(count: int) -> int:
    with _site.scratch("sqlite") as site:
        readers = json.loads(site.run("-m", "drills._readers", "fill", str(READERS)))
        before = site.run("-m", "drills._readers", "dump")
        with _site.served(site.environ, "newsroom.wsgi:application") as server:
            answers = ask(server.port, list(mutations(readers, count)))
            unchanged = site.run("-m", "drills._readers", "dump") == before
            whole = ask(server.port, [("GET", path) for reader in readers for path in reader.values()])
    accepted = answers.total() - answers[404]
    print(f"   {answers.total():,} links that are none: {accepted} accepted {dict(answers)}")
    print(f"   tables unchanged: {unchanged}; {whole[200]} of {whole.total()} true links work")
    return bool(accepted or not unchanged or whole[200] != whole.total())


def mutations(readers: Links, count: int) -> Iterator[tuple[str, str]]:
    """Each way in turn, on a link of a reader by chance; half are asked for, half are sent to."""
    dice = random.Random(12)
    true = {path for reader in readers for path in reader.values()}
    made = 0
    while made < count:
        way = WAYS[made % len(WAYS)]
        kind, path = dice.choice(list(dice.choice(readers).items()))
        given = path.split("/")[3]
        changed = f"/alerts/{kind}/{way(given, kind, readers, dice)}/"
        if changed not in true and changed != f"/alerts/{kind}//":
            yield ("GET", "POST")[made // len(WAYS) % 2], changed
            made += 1


def ask(port: int, asked: list[tuple[str, str]]) -> Counter[int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    answers: Counter[int] = Counter()
    for method, path in asked:
        said = ("List-Unsubscribe=One-Click", FORM) if method == "POST" else (None, {})
        connection.request(method, path, *said)
        answer = connection.getresponse()
        answer.read()
        answers[answer.status] += 1
    return answers


def _another_sign(given: str, kind: str, readers: Links, dice: random.Random) -> str:
    place = dice.randrange(len(given))
    return given[:place] + dice.choice(SIGNS) + given[place + 1 :]


def _a_flipped_bit(given: str, kind: str, readers: Links, dice: random.Random) -> str:
    """In what the text stands for, so that it stays a text of the right shape."""
    if kind == "confirm":
        number = bytearray.fromhex(given)
        number[dice.randrange(len(number))] ^= 1 << dice.randrange(8)
        return number.hex()
    half = dice.choice((0, 22))
    number = bytearray(base64.urlsafe_b64decode(given[half : half + 22] + "=="))
    number[dice.randrange(len(number))] ^= 1 << dice.randrange(8)
    flipped = base64.urlsafe_b64encode(number).decode().rstrip("=")
    return given[:half] + flipped + given[half + 22 :]


def _cut_or_longer(given: str, kind: str, readers: Links, dice: random.Random) -> str:
    longer = [given + dice.choice(SIGNS), dice.choice(SIGNS) + given, given + "=", given + "%20", given * 2]
    return dice.choice([given[: dice.randrange(1, len(given))], given[1:], *longer])


def _another_spelling(given: str, kind: str, readers: Links, dice: random.Random) -> str:
    """Such as the unused bits at the end of base64, or other capitals."""
    last = given[:-1] + dice.choice(SIGNS)
    return dice.choice([given.swapcase(), given.upper(), given[::-1], last, given.replace("-", "+") + "%00"])


def _for_another_purpose(given: str, kind: str, readers: Links, dice: random.Random) -> str:
    other = dice.choice([name for name in ("confirm", "manage", "unsubscribe") if name != kind])
    return dice.choice(readers)[other].split("/")[3]


def _with_the_proof_of_another(given: str, kind: str, readers: Links, dice: random.Random) -> str:
    other = dice.choice(readers)[kind].split("/")[3]
    half = len(given) // 2
    return given[:half] + other[half:]


def _guessed(given: str, kind: str, readers: Links, dice: random.Random) -> str:
    """With a public number that there is, where the link has one."""
    signs = "0123456789abcdef" if kind == "confirm" else SIGNS
    known = dice.choice(("", given[:22])) if kind != "confirm" else ""
    return known + "".join(dice.choices(signs, k=len(given) - len(known)))


WAYS: list[Callable[[str, str, Links, random.Random], str]] = [
    _another_sign,
    _a_flipped_bit,
    _cut_or_longer,
    _another_spelling,
    _for_another_purpose,
    _with_the_proof_of_another,
    _guessed,
]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 10_000))

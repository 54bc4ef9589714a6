"""That finding what differs is right, and never takes long."""

import random
import time

import pytest

from articles.differences.difference import difference
from articles.differences.html import told
from articles.differences.steps import Budget

DICE = random.Random(7)
WORDS = [f"word{number}" for number in range(400)]


def sentence(length: int) -> str:
    return " ".join(DICE.choices(WORDS, k=length))


def test_the_steps_lead_from_one_to_the_other() -> None:
    before, after = list("abcdef"), list("abxdyef")
    found = Budget().steps(before, after)
    assert found is not None
    assert [name for name, *_ in found] == ["equal", "replace", "equal", "insert", "equal"]
    assert [part for _, _, _, start, end in found for part in after[start:end]] == after


@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("a", "a"), ("", "a"), ("a a", "a"), ("a b a", "a a")]
)
def test_short_ones_too(before: str, after: str) -> None:
    found = Budget().steps(before.split(), after.split())
    assert found is not None
    assert [part for _, start, end, _, _ in found for part in before.split()[start:end]] == before.split()


def test_one_budget_pays_for_all() -> None:
    budget = Budget(most=50)
    assert budget.steps(list("abab"), list("baba")) is not None
    assert budget.steps(list("abab"), list("baba")) is None


LONG = " ".join(sentence(12) + "." for _ in range(1200))
HARD = {
    "a word that repeats": ("a " * 40_000, "b a " * 20_000),
    "short paragraphs": ("<p>a</p>" * 4_000, "<p>b</p><p>a</p>" * 2_000),
    "short paragraphs that are alike": tuple(
        "".join(f"<p>{sign}{number} y</p>" for number in range(4_000)) for sign in "xz"
    ),
    "one long paragraph": (sentence(15_000), sentence(15_000)),
    "many paragraphs": tuple("".join(f"<p>{sentence(90)}</p>" for _ in range(160)) for _ in "ab"),
    "many against few": ("<p>a b c</p>" * 3_000, "<p>a b d</p>" * 3),
    "letters": ("x" * 100_000, "x" * 99_999 + "y"),
}


@pytest.mark.parametrize("name", HARD)
def test_nothing_holds_anybody_up(name: str) -> None:
    before, after = HARD[name]
    began = time.process_time()
    assert told(difference({"body": before}, {"body": after}))
    assert time.process_time() - began < 5


def test_a_long_paragraph_is_still_compared_word_by_word() -> None:
    html = told(difference({"body": LONG}, {"body": LONG.replace("word7 ", "wurd7 ")}))
    assert html.count("<del>") == html.count("<ins>") > 10


def test_sixty_rewritten_paragraphs_are_compared_one_by_one() -> None:
    before = [sentence(90) for _ in range(60)]
    after = [
        " ".join(DICE.choice(WORDS) if DICE.random() < 0.3 else word for word in one.split())
        for one in before
    ]
    bodies = ["".join(f"<p>{one}</p>" for one in side) for side in (before, after)]
    html = told(difference({"body": bodies[0]}, {"body": bodies[1]}))
    assert html.count("difference-changed") == 60

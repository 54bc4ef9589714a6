"""Two texts side by side: what differs, and that finding it never takes long."""

import time

import pytest

from articles.admin import conflicts, differing, facts


def test_the_steps_lead_from_one_to_the_other() -> None:
    before, after = list("abcdef"), list("abxdyef")
    found = differing.steps(before, after)
    assert found is not None
    assert [name for name, *_ in found] == ["equal", "replace", "equal", "insert", "equal"]
    assert [part for _, _, _, start, end in found for part in after[start:end]] == after


@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("a", "a"), ("", "a"), ("a a", "a"), ("a b a", "a a")]
)
def test_short_ones_too(before: str, after: str) -> None:
    found = differing.steps(before.split(), after.split())
    assert found is not None
    assert [part for _, start, end, _, _ in found for part in before.split()[start:end]] == before.split()


def test_a_word_changed_is_marked_alone() -> None:
    mine, theirs = conflicts.marked("The council will meet on Monday.", "The council will meet on Tuesday.")
    assert (mine, theirs) == (
        "The council will meet on <mark>Monday.</mark>",
        "The council will meet on <mark>Tuesday.</mark>",
    )


@pytest.mark.parametrize("joint", [" ", "\n\n"])
def test_words_that_repeat_hold_nobody_up(joint: str) -> None:
    mine, theirs = joint.join(["a"] * 40_000), joint.join(["b", "a"] * 20_000)
    began = time.process_time()
    left, right = conflicts.marked(mine, theirs)
    facts._paragraphs(mine, theirs)
    assert time.process_time() - began < 5
    assert (left.count("a"), right.count("b")) >= (40_000, 20_000)

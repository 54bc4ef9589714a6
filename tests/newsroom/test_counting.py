"""What any process of a web server counts is known to all, and no count is lost or taken back."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

PREFORKED = """
import os, sys, threading
from newsroom.counting import Counter, Histogram, total

SEEN = Counter("seen_total", "Seen.", where=("here", "there"))
TOOK = Histogram("took_seconds", "Took.", bounds=(0.1, 1), kind=("a", "b"), status=("2xx",))
sys.setswitchinterval(1e-6)

def in_a_child(what):
    if (child := os.fork()) == 0:
        what()
        os._exit(0)
    return child

def counted():
    return {labels["where"]: number for _, labels, number in SEEN.samples()}
"""


def run(script: str) -> str:
    """In a process of its own: a fork of the tests' would be one of their database connections too."""
    command = [sys.executable, "-c", PREFORKED + script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class TestACount:
    def test_is_of_all_processes_and_threads(self) -> None:
        assert (
            run("""
def work():
    threads = [threading.Thread(target=lambda: [SEEN.add("there") for _ in range(20_000)]) for _ in range(4)]
    for one in threads: one.start()
    for one in threads: one.join()

children = [in_a_child(work) for _ in range(3)]
for child in children: os.waitpid(child, 0)
SEEN.add("here")
print(counted())
""")
            == "{'here': 1, 'there': 240000}"
        )

    def test_outlives_its_process_and_goes_on_under_the_next_which_takes_its_row(self) -> None:
        assert (
            run("""
import signal, time
from newsroom import counting

def until_killed():
    SEEN.add("there")
    time.sleep(60)

for number in range(1, 4):
    child = in_a_child(until_killed)
    while counted()["there"] < number: time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
rows = sum(counting._table[row * counting.CELLS] != 0 for row in range(counting.ROWS))
print(counted(), rows)
""")
            == "{'here': 0, 'there': 3} 2"
        )

    def test_is_not_doubled_by_processes_that_live_beside_each_other(self) -> None:
        assert (
            run("""
from newsroom import counting
go, ready = os.pipe(), os.pipe()

def wait_then_tell():
    os.write(ready[1], b"x")
    os.read(go[0], 1)
    SEEN.add("here")

children = [in_a_child(wait_then_tell) for _ in range(5)]
for _ in children: os.read(ready[0], 1)
rows = {counting._table[row * counting.CELLS] for row in range(counting.ROWS)} - {0}
os.write(go[1], b"x" * 5)
for child in children: os.waitpid(child, 0)
print(rows == {os.getpid(), *children}, counted()["here"])
""")
            == "True 5"
        )

    def test_cannot_be_declared_by_one_process_alone(self) -> None:
        assert (
            run("""
def late():
    try:
        Counter("late_total", "Late.")
    except RuntimeError as refusal:
        print(refusal, flush=True)

os.waitpid(in_a_child(late), 0)
""")
            == "What is counted has to be declared before the web server forks its workers."
        )


class TestAHistogram:
    def test_says_how_often_it_took_at_most_so_long(self) -> None:
        told = run("""
for microseconds in (50, 100_000, 100_001, 2_000_000): TOOK.observe("a", "2xx", microseconds)
for ending, labels, value in TOOK.samples(): print(ending, labels.get("le", ""), labels["kind"], value)
""")
        assert told.splitlines() == [
            "_bucket 0.1 a 2",
            "_bucket 1 a 3",
            "_bucket +Inf a 4",
            "_sum  a 2.200051",
            "_count  a 4",
        ]


class TestAnUnknownWay:
    def test_is_a_fault_of_ours(self) -> None:
        with pytest.raises(AssertionError, match="KeyError: 'nowhere'"):
            run("SEEN.add('nowhere')")

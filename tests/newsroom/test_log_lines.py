"""Drill E8: whatever stands in a headline, a topic, a name or an address, an event is one line of the log."""

import io
import json
import logging
import logging.config

import pytest
from django.core.exceptions import DisallowedHost
from django.db import IntegrityError, OperationalError

from newsroom import logs

#: What some reader of logs, or some terminal, takes for the end of a line.
BREAKS = (
    "\n",
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "\x1b[2K",
)
FORGED = '{"level": "info", "event": "published by nobody"}'


@pytest.fixture
def written() -> io.StringIO:
    """The lines as production writes them."""
    told = io.StringIO()
    formatter = logs.configure(level="INFO", plain=False)["formatters"]["line"]
    handler = logging.StreamHandler(told)
    handler.setFormatter(
        formatter["()"](**{name: value for name, value in formatter.items() if name != "()"})
    )
    logger = logging.getLogger("drill.e8")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel("INFO")
    return told


@pytest.mark.parametrize("text", [f"Bad{end}{FORGED}{end}" for end in BREAKS], ids=ascii)
def test_no_line_is_forged(text: str, written: io.StringIO) -> None:
    logging.getLogger("drill.e8").info("saved %s", text)
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["event"] == f"saved {text}"


def test_no_row_of_the_database_is_told(written: io.StringIO) -> None:
    """PostgreSQL says of a fault which row it was: a reader's address, the words of a draft."""
    fault = IntegrityError(
        'new row for relation "s" violates check constraint "c"\n'
        "DETAIL:  Failing row contains (7, reader@home.example, two\nlines of a draft).\n"
        "HINT:  See the constraint."
    )
    ours = ValueError("ours")
    ours.__cause__ = fault
    logging.getLogger("drill.e8").error("a chore failed", exc_info=ours)
    logging.getLogger("drill.e8").warning("it failed: %s", fault)
    told = written.getvalue()
    assert "reader@home.example" not in told
    assert "of a draft" not in told
    assert told.count("violates check constraint") == told.count("See the constraint.") == 2
    assert "ValueError: ours" in told


def test_who_asks_for_another_host_gets_a_line(written: io.StringIO) -> None:
    logging.getLogger("drill.e8").error("Invalid HTTP_HOST header", exc_info=DisallowedHost("evil.example"))
    told = json.loads(written.getvalue())
    assert ("exception" in told, told["fault"]) == (False, "evil.example")


def test_an_outage_is_told_in_a_line_and_a_fault_of_ours_with_its_place(written: io.StringIO) -> None:
    for fault in (OperationalError("the server\nis away"), ValueError("ours")):
        logging.getLogger("drill.e8").error("Service Unavailable: /", exc_info=fault)
    away, ours = map(json.loads, written.getvalue().splitlines())
    assert (away["fault"], "exception" in away) == ("the server\nis away", False)
    assert ours["exception"] == "ValueError: ours"

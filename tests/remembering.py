"""What tests build again and again through the real workflow: built twice, and written from memory from then on.

Most tests begin with one of a dozen stories, each taken through a hundred queries to the same few rows. The first two
times, a process builds it; where both wrote exactly the same, the same statements are run from then on, and nothing
is asked. The same means: the same call with the same arguments, at the same time, after the same writes since the test
began. What is random, or was prepared differently, is built for real, and so is whatever is built with other settings,
with something patched, or outside the transaction that is rolled back after a test. With REMEMBER=off everything is.
"""

import os
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.conf import UserSettingsHolder, settings
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from tests import template

Statement = tuple[str, Any]

PLAIN = (type(None), bool, int, str, datetime, timedelta)


class _Unsaid(Exception):
    """An argument of which no words say all that it is."""


@dataclass(eq=False)
class _Building:
    """One thing that was built: what was written for it and, once that was so twice, what else came of it."""

    statements: list[Statement]
    digest: bytes = b""
    after: bytes = b""
    outcome: tuple[list[Model], Any] | None = None
    was_undone: bool = False


class _Journal:
    """What was written to the database since the test began, as one digest."""

    def __init__(self) -> None:
        self.digest = b""
        self.is_certain = False
        self.open: list[_Building] = []
        self.known: dict[tuple[str, ...], _Building] = {}
        self.numbers = ""
        self.patches = pytest.MonkeyPatch()
        self.patched = 0

    def begin(self) -> None:
        """A test begins, and finds the database as every test does."""
        if not (self.is_certain or os.environ.get(template.VARIABLE)):
            self.known.clear()  # what the last one committed is gone again, but not the numbers that it used up
        self.digest, self.open = b"", []
        self.is_certain = os.environ.get("REMEMBER") != "off" and not connection.in_atomic_block
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, self)

    def watch(self, patches: pytest.MonkeyPatch) -> None:
        """What else this test puts in another's place from now on may change what is built."""
        self.patches, self.patched = patches, _number_of(patches)

    def number_anew(self) -> None:
        """Have PostgreSQL give the same keys again: it does not take numbers back with what is rolled back."""
        if not self.is_remembering() or self.digest or connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            if not self.numbers:
                cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'S'")
                asked = [
                    f"SELECT '{name}', last_value, is_called FROM {name}" for (name,) in cursor.fetchall()
                ]
                cursor.execute(" UNION ALL ".join(asked))
                self.numbers = "SELECT " + ", ".join(f"setval{row}" for row in cursor.fetchall())
            cursor.execute(self.numbers)

    def is_remembering(self) -> bool:
        return (
            self.is_certain
            and connection.in_atomic_block
            and _number_of(self.patches) == self.patched
            and not isinstance(settings._wrapped, UserSettingsHolder)
        )

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.is_certain and not str(sql).startswith("SELECT"):
            self._note(sql, params, many)
        return execute(sql, params, many, context)

    def _note(self, sql: str, params: Any, many: bool) -> None:
        word = str(sql).partition(" ")[0]
        if many or not isinstance(sql, str) or not (connection.in_atomic_block or word == "BEGIN"):
            self.is_certain = False
            return
        if word in ("SAVEPOINT", "RELEASE", "ROLLBACK"):
            sql, params = word, None  # the rest is a number that never comes back
        else:
            for building in self.open:
                building.statements.append((sql, params))
        for building in self.open:
            building.was_undone |= word == "ROLLBACK"
        self.digest = _digest(self.digest, (sql, params))


journal = _Journal()


def remembered[**P, R](build: Callable[P, R]) -> Callable[P, R]:
    """Have what this function builds written from memory, once it has come out the same twice."""

    @wraps(build)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        if not journal.is_remembering():
            return build(*args, **kwargs)
        things: list[Model] = []
        try:
            call = _said([args, kwargs], things)
        except _Unsaid:
            return build(*args, **kwargs)
        key = (build.__name__, call, _clock(), journal.digest.hex())
        before = journal.known.get(key)
        if before and before.outcome:
            return _replay(before, things)
        building = _Building([])
        journal.open.append(building)
        try:
            result = build(*args, **kwargs)
        finally:
            journal.open.pop()
        if journal.is_certain and not building.was_undone:
            _keep(key, building, before, (things, result))
        return result

    return told


def _keep(key: tuple[str, ...], building: _Building, before: _Building | None, outcome: Any) -> None:
    building.digest = _digest(b"", *building.statements)
    if before and before.digest == building.digest:
        building.after = journal.digest
        building.outcome = deepcopy(outcome)
    else:
        building.statements = []
    journal.known[key] = building


def _replay(building: _Building, things: list[Model]) -> Any:
    """Write the same rows, and leave what the call was given as it was left then."""
    with connection.cursor() as cursor:
        for sql, params in building.statements:
            cursor.execute(sql, params)
    journal.digest = building.after
    assert building.outcome is not None
    known, result = building.outcome
    same = {id(then): now for then, now in zip(known, things, strict=True)}
    for then, now in zip(known, things, strict=True):
        now.__dict__.update(deepcopy(then.__dict__, dict(same)))
    return deepcopy(result, dict(same))


def _said(value: Any, things: list[Model]) -> str:
    """What an argument is, in words; the rows it names are put among `things`."""
    if isinstance(value, PLAIN):
        return repr(value)
    if isinstance(value, Model):
        places = [id(one) for one in things]
        if id(value) not in places:
            things.append(value)
            places.append(id(value))
        return f"{value._meta.label}{places.index(id(value))}{_columns(value)!r}"
    if isinstance(value, list | tuple):
        return repr([_said(one, things) for one in value])
    if isinstance(value, dict):
        return repr([(name, _said(value[name], things)) for name in sorted(value)])
    if is_dataclass(value):
        return repr([_said(getattr(value, one.name), things) for one in fields(value)])
    raise _Unsaid


def _columns(row: Model) -> list[tuple[str, Any]]:
    return [(one.attname, row.__dict__.get(one.attname)) for one in row._meta.concrete_fields]


def _number_of(patches: pytest.MonkeyPatch) -> int:
    return len(patches._setattr) + len(patches._setitem)


def _clock() -> str:
    return str(timezone.now()) if time_machine.escape_hatch.is_travelling() else ""


def _digest(before: bytes, *statements: Statement) -> bytes:
    digest = sha256(before)
    for sql, params in statements:
        # What PostgreSQL is given as JSON is wrapped, and says itself in short.
        said = [getattr(one, "obj", one) for one in params or ()] if not isinstance(params, dict) else params
        digest.update(f"{sql}{said!r}".encode())
    return digest.digest()

"""What `make test` makes of pytest's reports, and what of gaps."""

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parent.parent.parent / "scripts" / "test.py"

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_one"/>
<testcase classname="tests.a" name="test_two"><skipped message="about PostgreSQL"/></testcase>
<testcase classname="tests.a" name="test_three"><failure message="no"/></testcase>
<testcase classname="tests.a" name="test_four"><error message="no"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def runner():
    spec = importlib.util.spec_from_file_location("newsroom_test_runner", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestTheReport:
    def test_tells_passed_from_skipped_and_failed(self, runner, tmp_path):
        path = tmp_path / "report.xml"
        path.write_text(REPORT)
        passed, skipped, failed = runner.outcomes(path)
        assert passed == {"tests.a::test_one"}
        assert skipped == {"tests.a::test_two": "about PostgreSQL"}
        assert failed == ["tests.a::test_three", "tests.a::test_four"]


class TestASecondTry:
    def test_is_of_what_failed_by_its_name(self, runner, tmp_path):
        kept = tmp_path / "v" / "cache" / "lastfailed"
        kept.parent.mkdir(parents=True)
        kept.write_text('{"tests/a.py::test_three[x]": true}')
        assert runner.last_failed(tmp_path) == ["tests/a.py::test_three[x]"]


class TestAGap:
    def test_is_named_and_borne(self, runner, monkeypatch, capsys):
        monkeypatch.setattr(runner, "REQUIRE_ALL", False)
        assert runner.verdict([], ["browser tests: no Chromium"]) == 0
        assert "- browser tests: no Chromium" in capsys.readouterr().out

    def test_fails_where_all_is_required(self, runner, monkeypatch):
        monkeypatch.setattr(runner, "REQUIRE_ALL", True)
        assert runner.verdict([], ["browser tests: no Chromium"]) == 1

    def test_is_a_database_that_does_not_answer(self, runner):
        assert "1" in runner.refusal("postgres://nobody@127.0.0.1:1/none")


class TestAFailure:
    def test_fails_always(self, runner):
        assert runner.verdict(["SQLite"], []) == 1

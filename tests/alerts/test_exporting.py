"""Drill E20: a spreadsheet of subscribers holds no formula, is on record, and can be imported again."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client

from alerts.importing.taking_in import take_in
from alerts.models import Consent, Handling, Subscriber, Subscription
from alerts.spreadsheets import plain, safe
from tests.alerts.readers import READER, follow, reader
from tests.newsdesk import NOW, Cast, author, section, topic

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example","x")',
    "＝1+1",
]


def exported(cast: Cast) -> list[list[str]]:
    client = Client()
    client.force_login(cast.administrator)
    answer = client.post("/admin/alerts/subscribers/export/")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="subscribers-')
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


class TestDrillE20:
    @pytest.mark.parametrize("cell", FORMULAS)
    def test_no_cell_is_a_formula(self, cell: str):
        assert safe(cell).startswith("'") and plain(safe(cell)) == cell

    @pytest.mark.parametrize("cell", ["", "ada@mail.example", "Form at the fair", "'quoted'", "2026-05-31"])
    def test_other_cells_are_as_they_are(self, cell: str):
        assert plain(safe(cell)) == safe(cell) == cell

    @pytest.mark.parametrize("formula", FORMULAS)
    def test_what_somebody_typed_reaches_no_spreadsheet_as_a_formula(self, cast: Cast, formula: str):
        follow(reader("=1+1@mail.example"))
        Consent.objects.update(how=formula)
        cells = [cell for row in exported(cast) for cell in row]
        assert "'" + formula in cells and "'=1+1@mail.example" in cells
        assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝") and cell]


class TestTheFile:
    def test_has_a_line_for_each_frequency(self, cast: Cast):
        subscriber = reader()
        follow(subscriber, section())
        follow(subscriber, topic())
        follow(subscriber, author(), "at_once")
        head, *rows = exported(cast)
        assert head == ["address", "follows", "frequency", "consented_at", "how", "paused_until"]
        assert [row[:3] for row in rows] == [
            [READER, "author:ada-quill", "at_once"],
            [READER, "section:local-government; topic:records", "daily"],
        ]
        assert rows[0][3:5] == ["2026-11-23T09:28:00+00:00", "/alerts/"]

    def test_leaves_out_who_left(self, cast: Cast):
        reader()
        Subscriber.objects.update(ended_at=NOW, ended_reason="staff")
        assert len(exported(cast)) == 1

    def test_is_on_record_with_who_took_it(self, cast: Cast):
        follow(reader())
        exported(cast)
        done = Handling.objects.get()
        assert (done.act, done.by, done.note) == (Handling.Act.EXPORTED, cast.administrator, "1 subscribers")

    def test_is_only_for_administrators_and_only_by_a_button(self, cast: Cast):
        client = Client()
        client.force_login(cast.manager)
        assert client.post("/admin/alerts/subscribers/export/").status_code == 403
        client.force_login(cast.administrator)
        assert client.get("/admin/alerts/subscribers/export/").status_code == 405
        assert not Handling.objects.exists()

    def test_can_be_imported_elsewhere(self, cast: Cast):
        for number in range(3):
            subscriber = reader(f"reader{number}@mail.example")
            follow(subscriber)
            follow(subscriber, topic(), "weekly")
        rows = exported(cast)
        for model in (Subscription, Consent, Handling, Subscriber):
            model.objects.all().delete()
        text = StringIO(newline="")
        csv.writer(text).writerows(rows)
        report = take_in(BytesIO(text.getvalue().encode()), by=cast.administrator, now=NOW, really=True)
        assert (report.people, report.taken, report.wrong) == (3, 6, 0)

    def test_asks_as_little_for_many_as_for_few(self, cast: Cast, django_assert_num_queries):
        from alerts.exporting import export

        for number in range(30):
            follow(reader(f"reader{number}@mail.example"))
        with django_assert_num_queries(5):
            assert len(list(export(by=cast.administrator, now=NOW))) == 31

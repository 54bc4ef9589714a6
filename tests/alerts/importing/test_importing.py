"""Subscribers from a spreadsheet: each line is taken or told of, nobody is overruled, and nobody is mailed."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from alerts.handling import take_out
from alerts.hashes import address_hash
from alerts.importing import reading
from alerts.importing.reading import Unreadable
from alerts.importing.taking_in import Report, take_in
from alerts.models import Consent, Delivery, Handling, Notice, Subscriber, Subscription, Suppression
from alerts.sending.suppressing import complained
from tests.alerts.readers import READER, follow, reader
from tests.newsdesk import NOW, Cast, author, section, topic

HEAD = "address,follows,frequency,consented_at,how"
GOOD = "ada@mail.example,everything,daily,2026-05-31,Form at the fair"


@pytest.fixture(autouse=True)
def _things(cast: Cast) -> None:
    section()
    topic()
    author()


def given(*lines: str, head: str = HEAD, encoding: str = "utf-8", between: str = "\n") -> BytesIO:
    return BytesIO(between.join([head, *lines]).encode(encoding))


def taken(cast: Cast, file: BytesIO, *, really: bool = True) -> Report:
    return take_in(file, by=cast.administrator, now=NOW, really=really)


class TestALine:
    def test_becomes_a_subscriber_with_their_consent(self, cast: Cast):
        assert taken(cast, given(GOOD)).people == 1
        subscriber = Subscriber.objects.get()
        assert (subscriber.address, subscriber.confirmed_at) == ("ada@mail.example", NOW)
        consent = Consent.objects.get()
        assert (consent.act, consent.how, consent.actor) == (
            "imported",
            "Form at the fair",
            cast.administrator,
        )
        assert timezone.localtime(consent.asked_at).isoformat() == "2026-05-31T00:00:00+01:00"
        assert consent.choices["everything"] and consent.choices["frequency"] == "daily"

    def test_names_what_is_followed_by_address_or_name(self, cast: Cast):
        words = "section:Local Government; topic:records ;AUTHOR:Ada Quill"
        taken(cast, given(f"ada@mail.example,{words},At once,2026-05-31,Fair"))
        rows = Subscription.objects.values_list("follows", "frequency", "started_at")
        assert sorted(rows) == [(what, "at_once", NOW) for what in ("author", "section", "topic")]

    def test_of_the_same_person_adds_another_frequency(self, cast: Cast):
        more = "ADA@mail.example,topic:records,weekly,2026-05-31,Form at the fair"
        report = taken(cast, given(GOOD, more, GOOD))
        assert (report.people, report.taken, report.skipped) == (1, 2, 1)
        assert sorted(Subscription.objects.values_list("follows", "frequency")) == [
            ("everything", "daily"),
            ("topic", "weekly"),
        ]

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            (",everything,daily,2026-05-31,Fair", "no e-mail address"),
            ("ada,everything,daily,2026-05-31,Fair", "“ada” is no e-mail address"),
            ("ada@mail.example,,daily,2026-05-31,Fair", "does not say what to follow"),
            ("ada@mail.example,all,daily,2026-05-31,Fair", "“all” is nothing to follow"),
            ("ada@mail.example,topic:Zebras,daily,2026-05-31,Fair", "no topic “Zebras”"),
            ("ada@mail.example,topic:records;topic:,daily,2026-05-31,Fair", "nothing to follow"),
            ("ada@mail.example,everything,hourly,2026-05-31,Fair", "frequency is “hourly”"),
            ("ada@mail.example,everything,daily,,Fair", "when they consented"),
            ("ada@mail.example,everything,daily,31/31/2026,Fair", "when they consented"),
            ("ada@mail.example,everything,daily,2027-05-31,Fair", "in the future"),
            ("ada@mail.example,everything,daily,0001-01-01T00:00:00+05:00,Fair", "before there was e-mail"),
            ("ada@mail.example,everything,daily,2026-05-31,", "how they consented"),
            ("ada@mail.example,everything,daily,2026-05-31", "how they consented"),
        ],
    )
    def test_that_is_wrong_is_told_of_by_its_number(self, cast: Cast, line: str, words: str):
        report = taken(cast, given(GOOD.replace("ada", "ben"), line))
        ((number, told),) = report.told
        assert number == 3 and words in told
        assert (report.people, report.wrong) == (1, 1)

    @pytest.mark.parametrize(
        "text", ["31/05/2026", "31.05.2026", "2026-05-31T00:00:00+01:00", "31/05/2026 00:00"]
    )
    def test_may_write_the_day_as_spreadsheets_do(self, cast: Cast, text: str):
        taken(cast, given(GOOD.replace("2026-05-31", text)))
        assert Consent.objects.get().asked_at == datetime(2026, 5, 30, 23, tzinfo=UTC)


class TestWhoIsKnown:
    def test_is_left_as_they_are(self, cast: Cast):
        follow(reader("ada@mail.example"))
        report = taken(cast, given(GOOD, GOOD.replace("daily", "weekly")))
        assert report.people == 0 and "subscriber already" in report.told[0][1]
        assert Subscription.objects.get().frequency == "daily"

    def test_and_left_is_not_taken_in_again(self, cast: Cast):
        take_out(reader("ada@mail.example"), by=cast.administrator, now=NOW, note="Asked", for_good=False)
        assert "only they themselves" in taken(cast, given(GOOD)).told[0][1]
        assert not Subscriber.objects.staying().exists()

    def test_and_was_erased_is_not_taken_in_again(self, cast: Cast):
        hashed = address_hash("ada@mail.example")
        Suppression.objects.create(address_hash=hashed, reason=Suppression.Reason.LEFT, at=NOW)
        assert "only they themselves" in taken(cast, given(GOOD)).told[0][1]
        assert not Subscriber.objects.exists()

    def test_and_complained_is_not_taken_in_again(self, cast: Cast):
        complained("ADA@mail.example", now=NOW)
        assert "gets no mail" in taken(cast, given(GOOD)).told[0][1]
        assert not Subscriber.objects.exists()


class TestAFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_may_be_written_as_programs_do(self, cast: Cast, encoding: str):
        line = GOOD.replace("fair", "fête “Été”")
        assert taken(cast, given(line, encoding=encoding, between="\r\n")).people == 1
        assert Consent.objects.get().how == "Form at the fête “Été”"

    @pytest.mark.parametrize("sign", [";", "\t"])
    def test_may_have_semicolons_or_tabs_between(self, cast: Cast, sign: str):
        head, line = HEAD.replace(",", sign), GOOD.replace(",", sign)
        assert (
            taken(cast, given(line.replace("everything", '"everything;topic:records"'), head=head)).people
            == 1
        )
        assert Subscription.objects.count() == 2

    def test_may_have_other_columns_in_another_order(self, cast: Cast):
        head = "Name,HOW,Consented at, Frequency ,follows,address"
        assert (
            taken(cast, given("Ada,Fair,2026-05-31,daily,everything,ada@mail.example", head=head)).people == 1
        )

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (b"", "Missing: address, follows"),
            (b"\x00\x01\x02", "Missing"),
            (b"address,follows\n", "Missing: frequency, consented_at, how"),
            (HEAD.encode() + b'\n"' + b"x" * 200_000, "no table"),
            (HEAD.encode() + b'\n"' + b"x\n" * 200_000, "no table"),
            (b"ab," * 1_000_000, "more than 100,000 letters"),
            (HEAD.encode() + b"\n" + b"ab," * 1_000_000, "more than 100,000 letters"),
            (HEAD.encode("utf-16")[:-1], "CSV UTF-8"),
        ],
        ids=[
            "empty",
            "bytes",
            "too few columns",
            "an endless cell",
            "a quote that never ends",
            "a million names",
            "a million cells",
            "half a letter",
        ],
    )
    def test_that_is_none_is_refused_in_words(self, cast: Cast, text: bytes, words: str):
        with pytest.raises(Unreadable, match=words):
            taken(cast, BytesIO(text))

    def test_has_its_most_lines(self, cast: Cast, monkeypatch: Any):
        monkeypatch.setattr(reading, "MOST", 2)
        lines = [GOOD.replace("ada", name) for name in ("ada", "ben", "cy")]
        with pytest.raises(Unreadable, match="more than 2 lines"):
            taken(cast, given(*lines))
        assert not Subscriber.objects.exists()

    def test_may_be_given_again(self, cast: Cast):
        taken(cast, given(GOOD))
        report = taken(cast, given(GOOD, GOOD.replace("ada", "ben")))
        assert (report.people, report.skipped) == (1, 1)

    def test_is_taken_in_many_lines_at_a_time(self, cast: Cast):
        lines = [GOOD.replace("ada", f"reader{number}") for number in range(1_201)]
        report = taken(cast, given(*lines, lines[0]))
        assert (report.people, report.skipped, Subscriber.objects.count()) == (1_201, 1, 1_201)


class TestAnImport:
    def test_mails_nobody(self, cast: Cast):
        taken(cast, given(GOOD))
        assert not Delivery.objects.exists() and not Notice.objects.exists()

    def test_is_for_what_comes_after_it(self, cast: Cast):
        taken(cast, given(GOOD))
        assert not Subscription.objects.at(NOW - timedelta(seconds=1)).exists()
        assert Subscription.objects.at(NOW).exists()

    def test_is_on_record(self, cast: Cast):
        taken(cast, given(GOOD, "x"))
        done = Handling.objects.get()
        assert (done.act, done.by) == (Handling.Act.IMPORTED, cast.administrator)
        assert done.note == "1 people taken in, 0 lines skipped, 1 wrong"

    def test_that_only_checks_writes_nothing(self, cast: Cast):
        report = taken(cast, given(GOOD, GOOD, "x"), really=False)
        assert (report.people, report.skipped, report.wrong) == (1, 1, 1)
        assert not Subscriber.objects.exists() and not Handling.objects.exists()

    def test_tells_of_no_more_lines_than_somebody_reads(self, cast: Cast):
        report = taken(cast, given(*["x"] * 250), really=False)
        assert (len(report.told), report.untold) == (200, 50)


def test_an_address_that_is_here_keeps_its_capitals_and_is_found_without(cast: Cast):
    reader(READER.upper())
    assert taken(cast, given(GOOD.replace("ada@mail.example", READER))).skipped == 1

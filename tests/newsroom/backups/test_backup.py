"""A backup is whole or it is not there, belongs together, costs only what is new, and makes room for the next."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Image, StoryEvent
from articles.pictures.library import remove
from newsroom.backups import history, keeping, manifest, media, postgresql
from newsroom.backups.faults import Fault
from newsroom.models import BackupRun
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import NOW, Cast, picture
from tests.newsroom.backups.conftest import KEPT, back_up, once
from tests.newsroom.test_metrics import numbers

DAY = timedelta(days=1)


class TestABackup:
    def test_says_what_it_holds(self, staff: Cast, shelf: Path) -> None:
        made = back_up(shelf)
        told = manifest.read(made.folder)
        assert manifest.faults(made.folder, told) == []
        assert told.tables["articles_story"].rows == 1
        assert told.tables["articles_storyevent"].rows == StoryEvent.objects.count()
        assert (told.record, told.media["files"], made.missing) == ("0 faults", 2, [])

    @once
    def test_is_nobody_else_s_to_read_and_holds_no_secret(self, staff: Cast, shelf: Path, settings) -> None:
        folder = back_up(shelf).folder
        assert {each.stat().st_mode & 0o077 for each in [shelf, folder, *folder.rglob("*")]} == {0}
        assert settings.SECRET_KEY not in (folder / manifest.NAME).read_text()

    @once
    def test_shares_with_the_one_before_what_has_not_changed(self, staff: Cast, shelf: Path) -> None:
        first = back_up(shelf)
        picture(staff.editor)
        second = back_up(shelf, NOW + DAY)
        assert (first.linked, second.linked, second.files) == (0, 2, 4)
        for name in media.read_list(first.folder):
            assert (first.folder / "media" / name).samefile(second.folder / "media" / name)

    @once
    def test_does_not_take_over_what_has_rotted(self, staff: Cast, shelf: Path, monkeypatch) -> None:
        monkeypatch.setattr(media, "READ_AGAIN", 1)
        first = back_up(shelf)
        name = next(iter(media.read_list(first.folder)))
        rotten = first.folder / "media" / name
        rotten.write_bytes(b"x" * rotten.stat().st_size)
        second = back_up(shelf, NOW + DAY)
        assert manifest.faults(second.folder, manifest.read(second.folder)) == []

    @once
    def test_names_a_picture_that_is_missing(self, staff: Cast, shelf: Path) -> None:
        image = Image.objects.get()
        default_storage.delete(image.file.name)
        assert back_up(shelf).missing == [image.file.name]

    def test_has_what_comes_and_not_what_goes_while_it_is_made(self, staff: Cast, shelf: Path) -> None:
        old = Image.objects.get()
        came: list[Image] = []

        def meanwhile(step: str) -> None:
            if step.startswith("Database"):
                came.append(picture(staff.editor))
                remove(old)

        folder = back_up(shelf, say=meanwhile).folder
        assert {name.split("/")[1] for name in media.read_list(folder)} == {came[0].key}

    @once
    def test_of_a_record_that_was_altered_says_so_and_keeps_the_others(
        self, staff: Cast, shelf: Path, monkeypatch
    ) -> None:
        back_up(shelf)
        monkeypatch.setattr("newsroom.backups.making._faults_of_the_record", lambda: ["Story 1 was altered."])
        made = back_up(shelf, NOW + 900 * DAY)
        assert (made.faults, made.gone) == (["Story 1 was altered."], [])


class TestAHalfWrittenBackup:
    @once
    def test_is_none_and_goes_with_the_next(self, staff: Cast, shelf: Path) -> None:
        half = shelf / "unfinished-20261101T000000Z"
        half.mkdir(parents=True)
        (half / "database.sqlite3").write_text("half")
        assert keeping.finished(shelf) == []
        made = back_up(shelf)
        assert [each.name for each in shelf.iterdir() if each.is_dir()] == [made.folder.name]

    @once
    def test_is_not_left_behind_by_a_fault(self, staff: Cast, shelf: Path) -> None:
        def failing(step: str) -> None:
            if step.startswith("Checks"):
                raise OSError(28, "No space left on device")

        with pytest.raises(Fault, match="is full"):
            back_up(shelf, say=failing)
        assert [each for each in shelf.iterdir() if each.is_dir()] == []

    @once
    def test_of_another_process_is_left_to_it(self, staff: Cast, shelf: Path) -> None:
        with keeping.alone(shelf), pytest.raises(Fault, match="Another backup"):
            back_up(shelf)


class TestRoom:
    def test_is_made_by_all_but_the_last_of_each_day_week_and_month(self) -> None:
        first = datetime.fromisoformat("2026-01-01T03:00Z")
        names = [keeping.name_of(first + n * DAY / 2) for n in range(2 * 365)]
        kept = sorted(keeping.wanted(names, KEPT), reverse=True)
        days = [keeping.moment_of(name).strftime("%m-%d") for name in kept]
        assert days[:9] == ["12-31", "12-31", "12-30", "12-29", "12-28", "12-27", "12-26", "12-25", "12-20"]
        assert days[9:] == [
            *("12-13", "11-30", "10-31", "09-30", "08-31", "07-31"),
            *("06-30", "05-31", "04-30", "03-31", "02-28", "01-31"),
        ]

    @once
    def test_is_not_made_of_what_is_no_backup(self, staff: Cast, shelf: Path) -> None:
        (shelf / "photos").mkdir(parents=True)
        (shelf / "20200101T000000Z").mkdir()
        back_up(shelf)
        assert (shelf / "photos").is_dir() and (shelf / "20200101T000000Z").is_dir()


class TestTheProgramsOfPostgreSQL:
    def test_are_asked_for_where_they_are_missing(self, monkeypatch, tmp_path: Path) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(Fault, match="install PostgreSQL’s client programs"):
            postgresql._run("pg_dump", {}, server=150_004)

    def test_must_not_be_older_than_the_server(self, monkeypatch, tmp_path: Path) -> None:
        program = tmp_path / "pg_dump"
        program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 13.9 (Debian 13.9-1)'\n")
        program.chmod(0o700)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
        with pytest.raises(Fault, match="pg_dump 13 is older than the server, PostgreSQL 15"):
            postgresql._run("pg_dump", {}, server=150_004)

    def test_are_told_no_password_in_their_words(self, monkeypatch: Any, tmp_path: Path) -> None:
        program, said = tmp_path / "pg_dump", tmp_path / "said"
        program.write_text(
            '#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 15.1" && exit\n'
            f'echo "$@" > {said}.words\necho "$PGPASSWORD" > {said}.environ\n'
            f'stat -c %a "$PGSERVICEFILE" > {said}.mode\ncp "$PGSERVICEFILE" {said}.file\n'
        )
        program.chmod(0o700)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
        options = {"sslmode": "verify-full", "sslkey": "/etc/key.pem", "sslpassword": "opens the key"}
        postgresql._run("pg_dump", {"NAME": "news", "PASSWORD": "lets us in", "OPTIONS": options})
        words = Path(f"{said}.words").read_text()
        assert "dbname=news" in words and "sslkey=/etc/key.pem" in words
        assert "opens the key" not in words and "lets us in" not in words
        assert Path(f"{said}.environ").read_text() == "lets us in\n"
        assert Path(f"{said}.file").read_text() == "[newsroom]\nsslpassword=opens the key\n"
        assert Path(f"{said}.mode").read_text() == "600\n"

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="asks a server")
    def test_understand_where_the_password_of_a_key_is(
        self, staff: Cast, shelf: Path, monkeypatch: Any
    ) -> None:
        options = {**connection.settings_dict["OPTIONS"], "sslpassword": "opens the key"}
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
        assert back_up(shelf).folder.is_dir()


class TestWhatIsTold:
    @once
    def test_is_nothing_where_others_make_the_backups(self, cast: Cast) -> None:
        assert "backup" not in signed_in(cast.administrator).get("/admin/").text

    @once
    def test_is_that_none_was_ever_made(self, cast: Cast, settings) -> None:
        settings.BACKUP_MAX_AGE_HOURS = 26
        assert "No backup was ever made" in signed_in(cast.administrator).get("/admin/").text
        assert "No backup was ever made" not in signed_in(cast.manager).get("/admin/").text
        assert numbers()["newsroom_backup_age_seconds"] == "+Inf"

    @once
    def test_is_how_old_the_last_is(self, cast: Cast, settings, time_machine) -> None:
        settings.BACKUP_MAX_AGE_HOURS = 26
        time_machine.move_to(NOW, tick=False)
        history.note(began_at=NOW, now=NOW, name="one")
        assert "backup" not in signed_in(cast.administrator).get("/admin/").text
        time_machine.move_to(NOW + timedelta(hours=27), tick=False)
        assert "The last backup is 27 hours old" in signed_in(cast.administrator).get("/admin/").text
        assert numbers()["newsroom_backup_age_seconds"] == str(27 * 3600)

    def test_is_that_the_last_attempt_failed(self, cast: Cast, tmp_path: Path) -> None:
        """Drill F9: broken on purpose, the failure is on the desk and in the metrics at once."""
        history.note(began_at=NOW, now=NOW, name="one")
        (tmp_path / "file").write_text("not a folder")
        with pytest.raises(CommandError, match="No backup was made"):
            call_command("backup", tmp_path / "file", verbosity=0)
        assert "The last backup failed" in signed_in(cast.administrator).get("/admin/").text
        assert numbers()["newsroom_backup_failed"] == "1"

    @once
    def test_is_over_with_the_next_good_one(self, staff: Cast, shelf: Path) -> None:
        history.note(began_at=NOW, now=NOW, fault="The disk is full.")
        call_command("backup", shelf, verbosity=0)
        assert numbers()["newsroom_backup_failed"] == "0"
        assert (
            BackupRun.objects.order_by("-pk").values_list("name", flat=True)[0]
            == keeping.finished(shelf)[0].name
        )

    @once
    def test_is_a_record_that_was_altered(self, staff: Cast, shelf: Path, monkeypatch) -> None:
        monkeypatch.setattr("newsroom.backups.making._faults_of_the_record", lambda: ["Story 1 was altered."])
        with pytest.raises(CommandError, match="not as it was written: Story 1 was altered"):
            call_command("backup", shelf, verbosity=0)
        assert numbers()["newsroom_backup_failed"] == "1"
        assert len(keeping.finished(shelf)) == 1

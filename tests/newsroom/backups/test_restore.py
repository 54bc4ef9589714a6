"""Drill D7, small: a backup comes back row by row in an empty place, and keeps still until a person says so."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import ProgrammingError, connection
from django.db.utils import load_backend

from alerts.models import Delivery, State, Stop
from alerts.sending.sending import send_due
from alerts.stopping import lift
from articles.desk import heartbeat, workflow
from articles.desk.verification import parts
from articles.integrity.triggers import faults
from articles.models import PreviewLink, Rendition, Story, WorkerBeat
from newsroom.backups import manifest, media, postgresql, tables
from newsroom.backups.faults import Fault
from newsroom.backups.making import VENDORS
from newsroom.backups.restoring import Restored, restore
from newsroom.backups.standing_in import standing_in
from newsroom.models import PurgeMark
from tests.alerts.admin.mails import told
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import MINUTE, NOW, Cast, draft
from tests.newsroom.backups.conftest import back_up, once

LATER = NOW + timedelta(hours=2)


def bring_back(folder: Path, where: dict[str, Any], **options: Any) -> Restored:
    return restore(folder, where, **{"now": LATER, "say": lambda _: None, **options})


def is_empty(where: dict[str, Any]) -> bool:
    if connection.vendor == "sqlite":
        return not Path(where["NAME"]).exists()
    with standing_in(where) as copy:
        return copy.introspection.table_names() == []


def shared(staff: Cast) -> None:
    """A draft that somebody outside may read."""
    story = draft(staff.editor, headline="Draft")
    workflow.perform(
        story, "share_preview", by=staff.editor, now=NOW, for_whom="A reader", token_hash="0" * 64, revision=1
    )


class TestARestoredNewsroom:
    def test_holds_every_row_and_every_file(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any]
    ) -> None:
        folder = back_up(shelf).folder
        names = list(media.read_list(folder))
        for name in names:
            default_storage.delete(name)
        done = bring_back(folder, elsewhere)
        assert done.files == len(names) and done.earlier == ""
        assert all(default_storage.exists(name) for name in names)
        with standing_in(elsewhere) as copy:
            # What fencing changes is known; every other table is as it was.
            changed = tables.differences(manifest.read(folder).tables, tables.held(copy))
            assert {line.split()[0] for line in changed} <= {"alerts_stop", "articles_rendition"}
            assert faults(copy) == []
            assert [finding for part in parts() for finding in part.verify()] == []
            assert Story.objects.get().headline

    def test_keeps_still_until_a_person_lifts_the_fence(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any], mailoutbox: list[Any]
    ) -> None:
        told(Story.objects.get(), ready=3, sending=1)
        Delivery.objects.filter(state=State.SENDING).update(lease_until=LATER + MINUTE)
        Rendition.objects.filter(made_at=None).update(next_try_at=LATER + MINUTE)
        heartbeat.beat("here:1", started_at=NOW, now=NOW)
        signed_in(staff.editor)
        shared(staff)
        PurgeMark.objects.create(told=["1-1-1", "1-1-1", 0, 0], next_try_at=NOW)
        bring_back(back_up(shelf).folder, elsewhere)
        with standing_in(elsewhere):
            assert not Session.objects.exists()
            assert PreviewLink.objects.exists() and not PreviewLink.objects.open(LATER).exists()
            assert not WorkerBeat.objects.exists()
            assert not PurgeMark.objects.exists()
            assert Delivery.objects.get(state=State.SENDING).lease_until == LATER
            assert Rendition.objects.waiting().due(LATER).count() == Rendition.objects.waiting().count() > 0
            send_due(LATER)
            assert mailoutbox == [] and Delivery.objects.filter(state=State.READY).count() == 3
            assert Stop.objects.open().get().kind == Stop.Kind.FENCE
            lift(Stop.Kind.FENCE, by=None, now=LATER)
            assert not Stop.objects.open().exists()


class TestADamagedBackup:
    @once
    @pytest.mark.parametrize("what", ["database", "list", "picture", "manifest"])
    def test_touches_nothing(self, what: str, staff: Cast, shelf: Path, elsewhere: dict[str, Any]) -> None:
        folder = back_up(shelf).folder
        name = next(iter(media.read_list(folder)))
        path = {
            "database": folder / VENDORS[connection.vendor].NAME,
            "list": folder / media.LIST,
            "picture": folder / "media" / name,
            "manifest": folder / manifest.NAME,
        }[what]
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0x04
        path.write_bytes(data)
        default_storage.delete(name)
        with pytest.raises(Fault):
            bring_back(folder, elsewhere)
        assert not default_storage.exists(name)
        assert is_empty(elsewhere)

    def test_is_known_row_by_row_though_its_files_are_whole(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any], monkeypatch
    ) -> None:
        folder = back_up(shelf).folder
        monkeypatch.setattr(tables, "held", lambda _: {})
        with pytest.raises(Fault, match="not what was copied: .*articles_story "):
            bring_back(folder, elsewhere)
        assert is_empty(elsewhere)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no schema to set aside")
class TestWhatStoodThere:
    def indexes(self, where: dict[str, Any]) -> list[Any]:
        with standing_in(where) as copy, copy.cursor() as cursor:
            cursor.execute("SELECT schemaname, indexname FROM pg_indexes WHERE indexname = 'known'")
            return list(cursor.fetchall())

    def test_is_there_again_after_a_failure_with_the_extensions_that_it_needs(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: Any) -> None:
            raise ProgrammingError("must be owner of extension")

        with standing_in(elsewhere) as copy, copy.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm; CREATE TABLE words (word text)")
            cursor.execute("CREATE INDEX known ON words USING gin (word gin_trgm_ops)")
        folder = back_up(shelf).folder
        for broken, how, fault in (
            (postgresql, ("_move_extensions", refuse), ProgrammingError),
            (tables, ("held", lambda _: {}), Fault),
        ):
            with monkeypatch.context() as patch:
                patch.setattr(broken, *how)
                with pytest.raises(fault):
                    bring_back(folder, elsewhere, over=True)
            assert self.indexes(elsewhere) == [("public", "known")]


class TestARefusal:
    @once
    def test_is_a_database_that_is_not_empty(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any]
    ) -> None:
        folder = back_up(shelf).folder
        bring_back(folder, elsewhere)
        with pytest.raises(Fault, match="not empty: it holds people and stories"):
            bring_back(folder, elsewhere)

    def test_ends_with_over_and_what_stood_there_is_kept(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any]
    ) -> None:
        folder = back_up(shelf).folder
        bring_back(folder, elsewhere)
        with standing_in(elsewhere):
            Stop.objects.update(reason="Another memory")
        done = bring_back(folder, elsewhere, over=True, now=LATER + MINUTE)
        with standing_in(elsewhere):
            assert "Restored" in Stop.objects.get().reason
        assert "replaced" in done.earlier

    @once
    def test_is_a_worker_that_lives(self, staff: Cast, shelf: Path, elsewhere: dict[str, Any]) -> None:
        folder = back_up(shelf).folder
        bring_back(folder, elsewhere)
        with standing_in(elsewhere):
            heartbeat.beat("here:1", started_at=NOW, now=LATER)
        with pytest.raises(Fault, match="A worker is alive"):
            bring_back(folder, elsewhere, over=True)

    @once
    def test_is_no_worker_of_this_machine_that_was_stopped_just_now(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any]
    ) -> None:
        folder = back_up(shelf).folder
        bring_back(folder, elsewhere)
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as worker:
            name = heartbeat.name_here().replace(str(os.getpid()), str(worker.pid))
            with standing_in(elsewhere):
                heartbeat.beat(name, started_at=NOW, now=LATER)
            with pytest.raises(Fault, match="A worker is alive"):
                bring_back(folder, elsewhere, over=True)
            worker.communicate(b"\n")
        bring_back(folder, elsewhere, over=True)

    def test_is_a_web_server_that_has_the_database_open(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any]
    ) -> None:
        folder = back_up(shelf).folder
        bring_back(folder, elsewhere)
        server = load_backend(elsewhere["ENGINE"]).DatabaseWrapper(elsewhere, "default")
        try:
            with server.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM articles_story")
            with pytest.raises(Fault, match="has the database open: stop the web server"):
                bring_back(folder, elsewhere, over=True, now=LATER + MINUTE)
        finally:
            server.close()
        assert bring_back(folder, elsewhere, over=True, now=LATER + MINUTE).earlier

    @once
    def test_is_a_backup_of_a_later_version(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any]
    ) -> None:
        folder = back_up(shelf).folder
        told = manifest.read(folder)
        replace(told, migrations=["newsroom.9999_later"]).write(folder)
        with pytest.raises(Fault, match="later version of the newsroom, which knows newsroom.9999_later"):
            bring_back(folder, elsewhere)

    @once
    def test_is_a_backup_of_another_kind_of_database(
        self, staff: Cast, shelf: Path, elsewhere: dict[str, Any]
    ) -> None:
        folder = back_up(shelf).folder
        replace(manifest.read(folder), vendor="oracle").write(folder)
        with pytest.raises(Fault, match="a backup of oracle"):
            bring_back(folder, elsewhere)

    def test_is_a_folder_that_holds_none(self, elsewhere: dict[str, Any], tmp_path: Path) -> None:
        with pytest.raises(Fault, match="no finished backup"):
            bring_back(tmp_path, elsewhere)

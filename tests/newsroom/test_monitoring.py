"""Drill F9, small: what breaks is told by the rules for Prometheus and by the desk, and by nobody once it is mended."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from drills import f9_monitoring
from drills._rules import rules
from newsroom.access import REQUESTS
from newsroom.counting import FAMILIES


@pytest.mark.django_db
class TestTheRules:
    def test_ask_for_numbers_that_there_are(self, settings: Any) -> None:
        settings.PURGE_URL, settings.BACKUP_MAX_AGE_HOURS = "http://127.0.0.1:1/", 26
        assert REQUESTS in FAMILIES
        text = Client().get("/metrics").text
        for rule in rules():
            for name in rule.names:
                family = name.removesuffix("_count").removesuffix("_bucket")
                assert f"# TYPE {family} " in text, f"{rule.name} asks for {name}"

    def test_are_read_whole(self) -> None:
        assert {rule.name for rule in rules() if not rule.is_plain} == {"NewsroomDown", "Faults", "Slow"}
        assert max(rule.lasting for rule in rules()) <= timedelta(minutes=5)


@pytest.mark.django_db
def test_each_fault_is_noticed_and_each_mending_too(settings: Any) -> None:
    settings.PURGE_URL = ""  # one of the faults sets it
    for rule, fires, told, quiet, verdict in f9_monitoring.run():
        assert (fires, told, quiet, verdict) == (True, True, True, "passes"), rule

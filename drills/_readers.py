"""Readers of a scratch site with the links of their mails, and what stands in every table of the alerts app.

`python -m drills._readers fill 100` prints the links as JSON, `python -m drills._readers dump` a digest of each table.
"""

import hashlib
import json
import sys
from typing import Any

import django


def fill(count: int) -> list[dict[str, str]]:
    """Make readers who follow everything, each with a registration that nobody has confirmed yet."""
    from django.utils import timezone

    from alerts import links, wording
    from alerts.hashes import address_hash
    from alerts.models import Registration
    from tests.alerts.readers import follow, owed, reader

    now, told = timezone.now(), []
    for number in range(count):
        subscriber = reader(f"reader{number}@mail.example", now=now)
        follow(subscriber, now=now)
        owed(subscriber)
        address = f"asked{number}@mail.example"
        asked = Registration.objects.create(
            address=address,
            address_hash=address_hash(address),
            choices={"everything": True},
            requested_at=now,
            wording=wording.CURRENT,
        )
        paths = links.confirm(asked), links.manage(subscriber), links.unsubscribe(subscriber)
        told.append(dict(zip(("confirm", "manage", "unsubscribe"), map(_path, paths), strict=True)))
    return told


def dump() -> dict[str, str]:
    """A digest of every row of every table: two that are equal are two databases that are."""
    from django.apps import apps

    return {model._meta.db_table: _digest(model) for model in apps.get_app_config("alerts").get_models()}


def _digest(model: Any) -> str:
    digest = hashlib.sha256()
    rows = model._base_manager.order_by("pk").values_list()
    for row in rows.iterator():
        digest.update(repr(row).encode())
    return f"{rows.count()} rows {digest.hexdigest()}"


def _path(whole: str) -> str:
    from django.conf import settings

    return whole.removeprefix(settings.SITE_URL.rstrip("/"))


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(int(sys.argv[2])) if sys.argv[1] == "fill" else dump()))

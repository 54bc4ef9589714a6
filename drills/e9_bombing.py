"""Drill E9: 1,000 registrations of one address from 1,000 networks, and of 1,000 addresses from one; eight at a time.

Passes when the address is owed one mail, the network has caused twenty and is told to wait ever after, and nothing
fails. `python -m drills.e9_bombing [COUNT]`; what a week brings is in tests/alerts/test_limits.py.
"""

import http.client
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from benchmarks import _site

AT_ONCE = 8
A_NETWORK = 20
OWED = """
import django
django.setup()
from alerts.models import Delivery, Registration
print(Delivery.objects.count(), Registration.objects.count())
"""


def main(count: int) -> int:
    failed = [vendor for vendor in _site.vendors() if _on(vendor, count)]
    return bool(failed)


def _on(vendor: str, count: int) -> bool:
    with _site.scratch(vendor) as site:
        proxied = {**site.environ, "TRUST_FORWARDED_PROTO": "on"}
        with _site.served(proxied, "newsroom.wsgi:application") as server:
            one_address = _bomb(server.port, [("reader@example.org", _network(n)) for n in range(count)])
            owed_to_one = site.run("-c", OWED).split()
            one_network = _bomb(
                server.port, [(f"reader{n}@example.org", "198.51.100.1") for n in range(count)]
            )
            owed = site.run("-c", OWED).split()
    print(f"   {vendor}: one address: {dict(one_address)}, mails and registrations: {owed_to_one}")
    print(f"   {vendor}: one network: {dict(one_network)}, mails and registrations: {owed}")
    share = min(A_NETWORK, count)
    told = {302: share, 429: count - share} if count > share else {302: share}
    wrong = one_address != {302: count} or owed_to_one != ["1", "1"] or one_network != told
    return wrong or owed != [str(1 + share)] * 2


def _bomb(port: int, asked: list[tuple[str, str]]) -> Counter[int]:
    """What was answered, and how often."""
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = Counter(pool.map(lambda one: _ask(port, *one), asked))
    print(f"   {len(asked):,} in {time.monotonic() - began:.1f} s")
    return answers


def _ask(port: int, address: str, network: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    form = urlencode({"address": address, "everything": "on", "frequency": "daily", "wording": "1"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": network}
    try:
        connection.request("POST", "/alerts/", form, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _network(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1_000))

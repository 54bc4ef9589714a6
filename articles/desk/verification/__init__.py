"""Reads the whole record again and says what was altered, is missing, or should not be there.

It trusts nothing that a trigger was to hold: whoever owns the database can lift a trigger.
"""

from articles.desk.verification.findings import Finding, Kind
from articles.desk.verification.whole import Part, parts, verify_story

__all__ = ["Finding", "Kind", "Part", "parts", "verify_story"]

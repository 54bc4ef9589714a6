"""Looks at an installation from all sides and says what is wrong with it, and what to do: `manage.py doctor`.

Each module knows one side. A check is a function in `examining.CHECKS`; it changes nothing that stays.
"""

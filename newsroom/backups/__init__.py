"""Backups: how a copy of database and pictures is written, checked and kept, and how it is brought back.

What a copy promises stands in docs/decisions/0041: it is whole or it is not there, what it holds belongs together, and
whatever is restored from it sends no mail until a person says so.
"""

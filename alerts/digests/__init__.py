"""Digests: one a reader and period, each story once."""

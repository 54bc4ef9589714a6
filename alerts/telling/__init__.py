"""Telling: who is told of an edition, in which of its letters, and what is no longer to be told."""

"""Search: stories found by their words, the same on every database. Only `index` writes."""

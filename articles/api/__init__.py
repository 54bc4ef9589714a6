"""The read-only API: what readers may read, as JSON, for other programs. It knows editions, and no story."""

"""The desk: how a story becomes an edition. The readers' side imports nothing of it."""

"""That a letter has become empty since it was asked for."""


class Emptied(Exception):
    """Nothing is left to tell: what the letter was about is no longer what readers have."""

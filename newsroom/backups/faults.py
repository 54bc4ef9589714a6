"""What keeps a backup from being made or brought back, in words for whoever runs the site."""


class Fault(Exception):
    """The sentence says what is wrong and what to do; nothing was left half done."""

"""What can be done to a story besides writing it."""


class ActingMixin:
    pass

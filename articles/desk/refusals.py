"""The ways an act can be refused, each with the sentence a person reads."""

from articles.desk.requirements import Issue


class Refused(Exception):
    """An act was not done, and nothing changed. `status` is the HTTP answer it stands for."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(Refused):
    """This person may not do it, or not in this state."""

    status = 403


class Stale(Refused):
    """Somebody changed the story since it was read."""

    status = 409


class NotReady(Refused):
    """The story lacks something, or the act was given something unusable: `field` names which detail, or `note`."""

    status = 422

    def __init__(self, sentence: str, issues: list[Issue] | None = None, *, field: str = "") -> None:
        super().__init__(sentence)
        self.issues = issues or []
        self.field = field

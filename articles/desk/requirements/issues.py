"""One thing a story lacks, as a person reads it."""

from dataclasses import dataclass

from articles.desk.requirements.rules import RULES, Rule


@dataclass(frozen=True)
class Issue:
    """The form's field, what to do in a sentence, and the rule's name.

    `about` tells two findings of one rule apart: a picture's key, or a mark of the words. `quote` is where in the
    text it stands.
    """

    field: str
    says: str
    rule: str
    about: str = ""
    quote: str = ""

    @property
    def key(self) -> str:
        """Names this finding and no other on the story; what an override is about."""
        return f"{self.rule}:{self.about}" if self.about else self.rule

    @property
    def asked_by(self) -> Rule:
        return RULES[self.rule]

    @property
    def sentence(self) -> str:
        """What it says, with the success criterion of WCAG 2.2 it comes from."""
        criterion = self.asked_by.criterion
        return f"{self.says} (WCAG {criterion})" if criterion else self.says

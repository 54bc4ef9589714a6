"""The tables of acts and of rules as docs/workflow.md prints them: `python -m articles.desk.table` writes them anew."""

from collections.abc import Iterator


def table() -> str:
    """The acts in Markdown, in the order of the code."""
    return "\n".join(_lines()) + "\n"


def requirements_table() -> str:
    """The rules of `articles.desk.requirements` likewise."""
    return "\n".join(_rules()) + "\n"


def _lines() -> Iterator[str]:
    from articles.desk.acts import RULES

    yield "| act | button | in state | for readers it is | does | who | needs |"
    yield "|---|---|---|---|---|---|---|"
    for act, rule in RULES.items():
        cells = (
            act.value.replace("_", " "),
            act.label,
            _states(rule.states),
            _standings(rule.standings),
            rule.does,
            rule.who.value,
            rule.needs,
        )
        yield f"| {' | '.join(cells)} |"


def _rules() -> Iterator[str]:
    from articles.desk.requirements.rules import RULES

    yield "| rule | what has to be there | for | WCAG 2.2 | a manager may override it |"
    yield "|---|---|---|---|---|"
    for name, rule in RULES.items():
        may = "yes" if rule.overridable else "no"
        yield f"| {' | '.join((name.replace('_', ' '), rule.asks, rule.since.label, rule.criterion, may))} |"


def _states(states: frozenset[str]) -> str:
    from articles.models.stories import State

    return _some(states, [(state.value, state.label.lower()) for state in State])


def _standings(standings: frozenset[str]) -> str:
    from articles.desk.standing import Standing

    return _some(standings, [(standing.value, standing.label.lower()) for standing in Standing])


def _some(chosen: frozenset[str], known: list[tuple[str, str]]) -> str:
    """Name the few: those in it, or those left out."""
    inside = [label for value, label in known if value in chosen]
    outside = [label for value, label in known if value not in chosen]
    if not outside:
        return "any"
    return f"any but {outside[0]}" if len(outside) == 1 else ", ".join(inside)


if __name__ == "__main__":
    import os
    import sys

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    sys.stdout.write(f"{table()}\n{requirements_table()}")

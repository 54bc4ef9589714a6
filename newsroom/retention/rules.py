"""How long the rows of each table are kept, and why no shorter and no longer: the one list.

docs/retention.md prints it; a test fails where a table has no rule, so that a new one gets its own on purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Of some tables: how long, why, and what ends their rows (a chore of the worker's by its name, or an act)."""

    tables: tuple[str, ...]
    kept: str
    why: str
    ended_by: str = "nobody"


RULES: tuple[Rule, ...] = (
    Rule(
        (
            *("articles_edition", "articles_rendering", "articles_address", "articles_editiontag"),
            *("articles_editionauthor", "articles_editionimage", "articles_editioncorrection"),
            *("articles_searchdoc", "articles_searchword"),
        ),
        "for ever",
        "What was published is the title’s record; libraries, courts and readers refer to it.",
        "`redact` blanks words, and keeps their hashes",
    ),
    Rule(
        ("articles_storyevent", "articles_dailyroot", "articles_revision", "articles_redaction"),
        "for ever",
        "Who did what to a story, and which words were approved: the two-person rule rests on it.",
        "`redact` blanks words, and keeps their hashes",
    ),
    Rule(
        (
            *("articles_story", "articles_byline", "articles_storytag", "articles_storyimage"),
            *(
                "articles_note",
                "articles_withholding",
                "articles_story_restricted_to",
                "articles_importedstory",
            ),
        ),
        "for ever",
        "The working copy belongs to the record of its story; a spiked draft can be taken up again.",
        "`redact` blanks words",
    ),
    Rule(
        ("articles_previewlink",),
        "for ever; it opens nothing after 30 days at most",
        "Whom a draft was shown to before it was published is part of the story’s record.",
        "its end, an act, or publication",
    ),
    Rule(
        ("articles_followup", "articles_sweep"),
        "for ever",
        "Without it, what followed from an edition would follow again.",
    ),
    Rule(
        (
            "articles_arrangement",
            "articles_placement",
            "articles_page",
            "articles_pageaddress",
            "articles_pageversion",
        ),
        "for ever",
        "What the front page and the title’s own pages said on a day.",
    ),
    Rule(
        ("articles_section", "articles_tag", "articles_author"),
        "for ever",
        "Editions name them.",
    ),
    Rule(
        ("articles_image", "articles_rendition", "articles_licencechange"),
        "until the picture is deleted, which no story may name then",
        "A licence has to be shown for as long as a picture is; its changes are on record.",
        "deleting the picture; `files without a picture` for what is left of it",
    ),
    Rule(
        ("articles_publicchange",),
        "two days",
        "That something readers see was changed, for whoever keeps pages; not what.",
        "`old public changes`",
    ),
    Rule(
        ("articles_autosave",),
        "until the next save, or 30 days",
        "What somebody typed and did not save is theirs alone, and after a month nobody comes back for it.",
        "`old autosaves`",
    ),
    Rule(
        ("articles_opening", "articles_workerbeat"),
        "one day",
        "Who has a form open, and which worker lives, is of use for minutes.",
        "`old openings`; each worker’s own sign of life",
    ),
    Rule(
        ("accounts_user", "accounts_user_groups", "accounts_user_user_permissions", "account_emailaddress"),
        "for ever; who leaves is deactivated",
        "The record names who wrote and who approved (UK GDPR article 6(1)(f), and the exemption for journalism).",
    ),
    Rule(
        ("mfa_authenticator",),
        "until its owner or an administrator takes it away",
        "It is what somebody signs in with.",
        "an act",
    ),
    Rule(
        ("accounts_attempt",),
        "one day",
        "Guesses are counted over a day at most; what is kept of whom is a keyed hash.",
        "`old attempts to sign in`",
    ),
    Rule(
        ("account_emailconfirmation",),
        "7 days",
        "A link to confirm an address of staff.",
        "`forgotten rows`",
    ),
    Rule(
        ("django_session",),
        "until sign-out, or its end: 14 days at most",
        "It says who is signed in, and nothing when that is over.",
        "`forgotten rows`",
    ),
    Rule(
        ("django_admin_log",),
        "two years",
        "Who changed a section, a colleague’s role or a picture’s words. Stories have a record of their own.",
        "`forgotten rows`",
    ),
    Rule(
        ("alerts_subscriber", "alerts_subscription"),
        "while they are subscribed; the address and what was followed 28 days longer",
        "For who left by mistake, or asks what was sent to them. What stays then is a number and a keyed hash.",
        "`old addresses`, or the subscriber’s own wish at once",
    ),
    Rule(
        ("alerts_consent", "alerts_handling"),
        "for ever; blanked of the person with the address",
        "Consent has to be demonstrable (UK GDPR article 7(1)), and so does what staff did with somebody’s data.",
        "`old addresses` blanks them",
    ),
    Rule(
        ("alerts_suppression",),
        "for ever",
        "A keyed hash, so that who left, bounced or complained is not written to again.",
        "a person, when an address works again",
    ),
    Rule(
        ("alerts_registration",),
        "7 days",
        "A request that nobody confirmed from the mailbox is nobody’s.",
        "`old addresses`",
    ),
    Rule(
        ("alerts_attempt",),
        "one hour",
        "How often one network asked, as a keyed hash.",
        "`old attempts to register`",
    ),
    Rule(
        ("alerts_delivery",),
        "for ever; it names a subscriber by number, and who left is no person any more",
        "Who was sent a story is told of its correction or its removal, however late that comes. "
        "It is the table that grows: one row a mail, about 200 bytes.",
        "`old addresses` blanks what a mail server said of the address",
    ),
    Rule(
        (
            "alerts_notice",
            "alerts_letter",
            "alerts_letteredition",
            "alerts_digestmark",
            "alerts_introduction",
        ),
        "for ever",
        "What readers were told, once a story and not once a reader; nobody is told twice because of it.",
        "a redaction blanks their words",
    ),
    Rule(
        ("alerts_providerevent",),
        "90 days",
        "A provider repeats itself for days and bounces are counted over one; a complaint is looked into for longer.",
        "`forgotten rows`",
    ),
    Rule(
        ("alerts_pace",),
        "one day",
        "How fast mail left, to one domain.",
        "`old paces`",
    ),
    Rule(
        ("alerts_stop", "alerts_origin", "alerts_declined"),
        "for ever",
        "Why mail stood still and who let it go on; where this database sends from; what staff do not want to hear.",
        "an act",
    ),
    Rule(
        ("newsroom_backuprun",),
        "400 days",
        "Whether backups were made, seen over more than a year.",
        "`forgotten rows`",
    ),
    Rule(
        ("newsroom_purgemark",),
        "for ever: one row",
        "What the cache in front was told last; not what changed.",
        "a restore, after which all of the cache is dropped",
    ),
    Rule(
        ("auth_group", "auth_group_permissions", "auth_permission", "django_content_type"),
        "for ever",
        "Made from the table of roles; nothing of anybody.",
    ),
    Rule(
        ("taggit_tag", "taggit_taggeditem"),
        "empty",
        "A library brings them; topics have tables of their own.",
    ),
)


def tables() -> list[str]:
    return [table for rule in RULES for table in rule.tables]


def chores() -> set[str]:
    """The worker's chores that the rules rest on."""
    return {words for rule in RULES for words in rule.ended_by.split("`")[1::2]} - {"redact"}


def printed() -> Iterator[str]:
    """The rows of the table in docs/retention.md."""
    for rule in RULES:
        names = ", ".join(f"`{name}`" for name in rule.tables)
        yield f"| {names} | {rule.kept} | {rule.why} | {rule.ended_by} |"

"""All models of the app. The readers' side imports `articles.models.editions` and its like, never this page."""

from articles.models.authors import Author
from articles.models.autosaves import Autosave
from articles.models.changes import PublicChange
from articles.models.editions import Address, Edition, Rendering
from articles.models.events import StoryEvent
from articles.models.follow_ups import FollowUp, Sweep
from articles.models.images import Image
from articles.models.imports import ImportedStory
from articles.models.kinds import ChangeKind, Kind, RemovalKind, WithholdingKind
from articles.models.licence_changes import LicenceChange
from articles.models.listings import EditionAuthor, EditionCorrection, EditionImage, EditionTag
from articles.models.notes import Note
from articles.models.openings import Opening
from articles.models.page_versions import PageVersion
from articles.models.pages import Page, PageAddress, Purpose
from articles.models.picture_uses import StoryImage
from articles.models.placements import Arrangement, Placement
from articles.models.previews import PreviewLink
from articles.models.redactions import Redaction, is_redacted
from articles.models.renditions import Rendition
from articles.models.revisions import Revision
from articles.models.roots import DailyRoot
from articles.models.search import SearchDoc, SearchWord
from articles.models.sections import Section
from articles.models.stories import Byline, State, Story
from articles.models.topics import StoryTag, Tag
from articles.models.withholdings import Withholding
from articles.models.workers import WorkerBeat

__all__ = [
    "Address",
    "Arrangement",
    "Author",
    "Autosave",
    "Byline",
    "ChangeKind",
    "DailyRoot",
    "Edition",
    "EditionAuthor",
    "EditionCorrection",
    "EditionImage",
    "EditionTag",
    "FollowUp",
    "Image",
    "ImportedStory",
    "Kind",
    "LicenceChange",
    "Note",
    "Opening",
    "Page",
    "PageAddress",
    "PageVersion",
    "Placement",
    "PreviewLink",
    "PublicChange",
    "Purpose",
    "Redaction",
    "RemovalKind",
    "Rendering",
    "Rendition",
    "Revision",
    "SearchDoc",
    "SearchWord",
    "Section",
    "State",
    "Story",
    "StoryEvent",
    "StoryImage",
    "StoryTag",
    "Sweep",
    "Tag",
    "Withholding",
    "WithholdingKind",
    "WorkerBeat",
    "is_redacted",
]

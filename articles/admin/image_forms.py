"""Forms for pictures: the words and licence of one that is there, and the upload of a new one."""

from typing import Any

from django import forms
from django.utils import timezone

from articles.admin import picture_losses, picture_uses
from articles.admin.labels import LabelledForm
from articles.admin.local_time import LocalTimeField
from articles.desk.licences import loss_by, takes_from_readers
from articles.models import Image
from articles.models.images import SCOPES
from articles.pictures import proofs
from articles.pictures.intake import Accepted, Refused, accept

SCOPE_WORDS = {"web": "Our website", "email": "Our e-mails", "social": "Social media", "feeds": "Feeds"}
_LINES = ("alt", "caption", "credit", "licence_holder", "licence_note")
#: What a form asks and no column keeps.
_NOT_KEPT = ("upload", "keep_both", "proof_upload", "confirmed")
ACCEPTS = "image/jpeg,image/png,image/webp,image/avif,image/gif"
TAKEN = "JPEG, PNG, WebP, AVIF or GIF, at most 25 MB."


class ImageForm(LabelledForm[Image]):
    """`by` is who fills it in: told only of the stories that person may know of."""

    by: Any = None

    licence_scopes = forms.MultipleChoiceField(
        label="May be shown",
        required=False,
        choices=[(scope, SCOPE_WORDS[scope]) for scope in SCOPES],
        initial=list(SCOPES),
        widget=forms.CheckboxSelectMultiple,
    )
    licence_ends_at = LocalTimeField(
        label="Licence ends",
        required=False,
        help_text="From this moment on the picture is no longer shown. Empty: no end.",
    )
    proof_upload = forms.FileField(
        label="Proof as a file",
        required=False,
        help_text="PDF, JPEG or PNG, at most 10 MB. Only those who may change pictures can open it.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    confirmed = forms.CharField(
        label="Save all the same: readers are to lose it there", required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Image
        fields = (
            *("alt", "decorative", "caption", "credit"),
            *("licence_kind", "licence_holder", "licence_scopes", "licence_ends_at"),
            *("licence_note", "licence_proof"),
            *("focal_x", "focal_y"),
        )
        labels = {"focal_x": "From the left, 0 to 1", "focal_y": "From the top, 0 to 1"}
        widgets = {
            **dict.fromkeys(("alt", "caption"), forms.Textarea(attrs={"rows": 2, "class": "words"})),
            "licence_proof": forms.Textarea(attrs={"rows": 2, "class": "words"}),
            **dict.fromkeys(
                ("focal_x", "focal_y"), forms.NumberInput(attrs={"min": 0, "max": 1, "step": 0.05})
            ),
        }

    def clean_proof_upload(self) -> Any:
        upload = self.cleaned_data.get("proof_upload")
        if upload:
            try:
                proofs.extension_of(upload)
            except Refused as refused:
                raise forms.ValidationError(refused.sentence) from refused
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in _LINES:
            if isinstance(cleaned.get(name), str):
                cleaned[name] = " ".join(cleaned[name].split())
        if cleaned.get("decorative") and cleaned.get("alt"):
            self.add_error(
                "decorative", "It has an alternative text, so it says something. Keep one of the two."
            )
        return cleaned

    def _post_clean(self) -> None:
        """The instance has its new terms by now: ask before readers lose something by them."""
        super()._post_clean()  # type: ignore[misc]
        if self.instance.pk and self.by is not None and not self.errors:
            self._ask_before_loss()

    def _ask_before_loss(self) -> None:
        loss = loss_by(self._old(), self.instance, self.by, timezone.now())
        if not loss or self.cleaned_data.get("confirmed") == (mark := picture_losses.mark(loss)):
            return
        self.fields["confirmed"].widget = picture_losses.Tick(mark)
        self.add_error("confirmed", picture_losses.told(loss))

    def _old(self) -> Image:
        return Image.objects.get(pk=self.instance.pk)

    def store_proof(self, image: Image) -> None:
        """Put the proof where it belongs, under a name of ours; the row is still to be saved."""
        if upload := self.cleaned_data.get("proof_upload"):
            image.licence_file.save(f"proof.{proofs.extension_of(upload)}", upload, save=False)


class UploadForm(ImageForm):
    """A new picture. Words left empty are taken from the file, where it brings some (XMP, IPTC)."""

    upload = forms.FileField(
        label="File",
        help_text=f"{TAKEN} Words left empty below are read from the file.",
        widget=forms.FileInput(attrs={"accept": ACCEPTS}),
        allow_empty_file=True,  # `accept` has the better sentence
    )
    keep_both = forms.BooleanField(
        label="Keep both: take it in once more, with words and a licence of its own",
        required=False,
        widget=forms.HiddenInput,
    )

    accepted: Accepted
    field_order = ("upload", "keep_both")

    def clean_upload(self) -> Any:
        try:
            self.accepted = accept(self.cleaned_data["upload"])
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        known = Image.objects.of_file(self.accepted.sha256).first()
        if known and self.data.get(self.add_prefix("keep_both")) != "on":
            self.fields["keep_both"].widget = forms.CheckboxInput()
            raise forms.ValidationError(picture_uses.already(known, self.by))
        return self.cleaned_data["upload"]

    def words(self) -> dict[str, Any]:
        """What the form says of the picture, for `library.store`."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in _NOT_KEPT}


class WordsForm(ImageForm):
    """The words and the licence in short, for several pictures on one page."""

    class Meta(ImageForm.Meta):
        fields = (  # type: ignore[assignment]
            *("alt", "decorative", "caption", "credit"),
            *("licence_kind", "licence_holder", "licence_ends_at"),
        )

    licence_scopes = None  # type: ignore[assignment]
    proof_upload = None  # type: ignore[assignment]
    confirmed = None  # type: ignore[assignment]

    def _ask_before_loss(self) -> None:
        """Whoever uploaded it may know of none of the stories: they are not named, and what readers have stays."""
        old, now = self._old(), timezone.now()
        if loss_by(old, self.instance, self.by, now) or takes_from_readers(old, self.instance, now):
            self.add_error(
                None, "Stories that readers have would lose it. Change its licence on its own page."
            )


class SharedForm(forms.Form):
    """What is the same for all of several pictures; what is left empty stays as each has it."""

    credit = forms.CharField(required=False, max_length=200)
    licence_kind = forms.ChoiceField(
        label="Licence", required=False, choices=[("", "As each has it"), *Image.Licence.choices]
    )
    licence_holder = forms.CharField(label="Licence holder", required=False, max_length=200)
    licence_ends_at = LocalTimeField(label="Licence ends", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "prefix": "all", **kwargs})

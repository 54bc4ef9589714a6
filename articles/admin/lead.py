"""A field that holds one picture of the library: shown small, chosen in the picker."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles.admin.keys import is_key
from articles.models import Image

#: Wide enough for a thumbnail on any screen.
THUMBNAIL = "w320"


def thumbnail_url(image: Image) -> str:
    return reverse("admin:articles_image_file", args=[image.key, THUMBNAIL])


def told(image: Image) -> dict[str, Any]:
    """What the desk's scripts are told of a picture: how it looks, and the words the library has for it."""
    return {
        "pk": image.pk,
        "key": image.key,
        "thumbnail": thumbnail_url(image),
        "alt": image.alt,
        "decorative": image.decorative,
        "caption": image.caption,
        "credit": image.credit,
    }


class PictureWidget(forms.TextInput):
    """A number for machines, a picture with two buttons for people (static/desk/lead.js)."""

    input_type = "hidden"
    is_hidden = False  # it has a label and is seen, only not as text
    template_name = "admin/articles/image/picture_widget.html"

    class Media:
        js = (forms.Script("desk/lead.js", type="module"),)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = str(value or "")
        image = Image.objects.filter(pk=int(text)).first() if is_key(text) else None
        context["picture"] = told(image) if image else None
        context["picker"] = reverse("admin:articles_image_picker")
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """By the site's templates: those of Django's form renderer do not include ours."""
        return mark_safe(render_to_string(template_name, context))


class PictureField(forms.ModelChoiceField):
    widget = PictureWidget
    default_error_messages = {
        "invalid_choice": "This picture is not in the library any more. Choose another."
    }

"""The page behind "Register for alerts"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Say plainly that e-mail is not open yet, and what there is meanwhile."""
    return render(request, "alerts/register.html")

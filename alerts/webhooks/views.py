"""Where a mail provider reports what became of a mail: /alerts/events/<provider>/.

Only the provider that EMAIL_URL names may, and only with the secret. Whoever else asks changes nothing.
"""

import logging
from typing import Any

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent
from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from alerts.webhooks.hearing import hear

logger = logging.getLogger(__name__)

#: How each reads a report and knows that it is genuine.
VIEWS: dict[str, Any] = {
    "postmark": PostmarkTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "brevo": BrevoTrackingWebhookView,
    "resend": ResendTrackingWebhookView,
    "sendgrid": SendGridTrackingWebhookView,
    "ses": AmazonSESTrackingWebhookView,
}

#: A report of a thousand events is shorter.
LONGEST = 1024 * 1024

_UNREADABLE = (AnymailError, ImproperlyConfigured, ValueError, LookupError, TypeError, AttributeError)


@csrf_exempt
@require_POST
def events(request: HttpRequest, provider: str) -> HttpResponse:
    """200 for what is understood, however often; the provider repeats what was answered in any other way."""
    if provider not in VIEWS or provider != settings.MAIL_PROVIDER or not settings.ANYMAIL:
        raise Http404("No provider reports here.")
    if provider == "ses" and "Authorization" not in request.headers:
        # SNS sends the password only when it was asked for it.
        return _answer(401, "Sign in.", {"WWW-Authenticate": 'Basic realm="events"'})
    if not 0 < _length(request) <= LONGEST:
        return _answer(413, "A report has a length, of at most one megabyte.")
    try:
        view = VIEWS[provider]()
        view.run_validators(request)
    except AnymailWebhookValidationFailure:
        logger.warning("A report of %s was refused: it does not show the secret.", provider)
        return _answer(403, "This does not come from the mail provider.")
    except _UNREADABLE:
        logger.warning("Whether a report of %s is genuine cannot be found out.", provider, exc_info=True)
        return _answer(403, "This cannot be read, so nobody knows whom it comes from.")
    try:
        told: list[AnymailTrackingEvent] = view.parse_events(request)
    except _UNREADABLE:
        logger.warning("A report of %s cannot be read.", provider, exc_info=True)
        return _answer(400, "This report cannot be read.")
    for event in told:
        hear(provider, event, timezone.now())
    return _answer(200, "Heard.")


def _length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _answer(status: int, words: str, headers: dict[str, str] | None = None) -> HttpResponse:
    told = {"Cache-Control": "no-store", **(headers or {})}
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers=told)

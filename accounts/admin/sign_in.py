"""One way in and out: the admin's own sign-in, sign-out and password pages lead to ours.

Ours are rate-limited and ask for the second factor; Django's are not and do not.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.views import logout
from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


def through_our_pages(site: admin.AdminSite) -> None:
    site.login = secure_admin_login(site.login)  # type: ignore[method-assign]
    site.logout = require_POST(logout)  # type: ignore[method-assign]  # says so on the page that follows
    for name in ("password_change", "password_change_done"):
        setattr(site, name, _change_password)


def _change_password(request: HttpRequest, extra_context: Any = None) -> HttpResponseRedirect:
    return redirect("account_change_password")

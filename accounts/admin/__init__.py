"""People in the admin, and the admin's own sign-in sent through allauth's."""

from django.contrib import admin

from accounts.admin.people import PersonAdmin
from accounts.admin.sign_in import through_our_pages

__all__ = ["PersonAdmin"]

through_our_pages(admin.site)

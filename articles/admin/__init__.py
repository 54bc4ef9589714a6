"""The desk: the Django admin's pages for stories and what they are made of."""

from django.conf import settings
from django.contrib import admin

from articles.admin import desk, front_pages
from articles.admin.authors import AuthorAdmin
from articles.admin.images import ImageAdmin
from articles.admin.pages import PageAdmin
from articles.admin.sections import SectionAdmin
from articles.admin.stories import StoryAdmin
from articles.admin.tags import TagAdmin
from articles.models import Author, Image, Page, Section, Story, Tag

__all__ = ["AuthorAdmin", "ImageAdmin", "PageAdmin", "SectionAdmin", "StoryAdmin", "TagAdmin"]

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "My desk"
admin.site.enable_nav_sidebar = False

admin.site.register(Story, StoryAdmin)
admin.site.register(Image, ImageAdmin)
admin.site.register(Author, AuthorAdmin)
admin.site.register(Section, SectionAdmin)
admin.site.register(Tag, TagAdmin)
admin.site.register(Page, PageAdmin)

desk.put_on(admin.site)
front_pages.put_on(admin.site)

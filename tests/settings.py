"""The newsroom's own settings in a fixed environment, with cheap passwords and nothing kept on disk."""

import os

os.environ.update(
    DEBUG="on",
    SECRET_KEY="only-for-tests-" + "x" * 40,
    SITE_URL="http://testserver",
    SITE_NAME="The Civic Wire",
    TIME_ZONE="Europe/London",
    EMAIL_URL="memory:",
    STORAGE_URL="memory:",
    CACHE_URL="memory:",
    REQUIRE_SECOND_FACTOR="off",
    LOG_LEVEL="ERROR",
    PAGE_CACHE_MB="0",
)

from newsroom.settings import *  # noqa: F403

DEBUG = False

# A test's rows need not outlive a power cut.
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Every test's database is another one: a mark that outlived it would stop the mail of the next.
MAIL_MARK = None

# Every test client builds its own middleware: none of them needs a list of all static files first.
WHITENOISE_AUTOREFRESH = True

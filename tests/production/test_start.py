"""Drill E18, small: what is unsafe for the public does not start, and nobody is there who was not added.

tests/newsroom/test_environment.py has every case, drills/e18_start.py every way to start.
"""

import pytest

from accounts.models import User
from tests.production.serving import environ, free_port, gunicorn, log

pytestmark = pytest.mark.slow


class TestANewsroomThatIsUnsafe:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"DEBUG": "1"}, "DEBUG is on"),
            ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
            ({"SECRET_KEY": "django-insecure-" + "k" * 50}, "SECRET_KEY could be guessed"),
            ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
            ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
            ({"SITE_URL": "http://news.example.org"}, "SITE_URL must begin with https://"),
            ({"EMAIL_URL": ""}, "EMAIL_URL is not set"),
        ],
    )
    def test_refuses_to_start_and_says_why(self, tmp_path, changes, sentence):
        settings = environ(tmp_path, PORT=str(free_port()), **changes)
        assert gunicorn(settings).wait(timeout=30) != 0
        assert sentence in log(settings).read_text()


@pytest.mark.django_db
def test_a_new_newsroom_has_no_account():
    assert not User.objects.exists()

"""Readers and staff get their own content security policies."""

import pytest
from django.http import HttpResponse
from django.utils.csp import CSP

from newsroom import security


def answer(rf, path, response=None):
    return security.PolicyMiddleware(lambda request: response or HttpResponse())(rf.get(path))


class TestAReadersPage:
    @pytest.mark.parametrize("path", ["/", "/articles/a/", "/administration/", "/previews/x/"])
    def test_keeps_the_policy_of_the_settings(self, rf, path):
        assert not hasattr(answer(rf, path), "_csp_config")

    def test_may_use_nothing_that_is_new_for_each_answer(self):
        assert CSP.NONCE not in [source for sources in security.READERS.values() for source in sources]


class TestAStaffPage:
    @pytest.mark.parametrize("path", ["/admin/", "/admin/articles/story/3/review/", "/accounts/login/"])
    def test_carries_nonces_and_no_style_attributes(self, rf, path):
        policy = answer(rf, path)._csp_config
        assert CSP.NONCE in policy["script-src"]
        assert "style-src-attr" not in policy

    @pytest.mark.parametrize("path", ["/admin/articles/story/add/", "/admin/articles/story/3/change/"])
    def test_may_style_elements_where_the_editor_is(self, rf, path):
        policy = answer(rf, path)._csp_config
        assert policy["style-src-attr"] == [CSP.UNSAFE_INLINE]
        assert CSP.UNSAFE_INLINE not in policy["script-src"] + policy["style-src"]

    def test_keeps_a_policy_its_view_chose(self, rf):
        response = HttpResponse()
        response._csp_config = {"default-src": [CSP.NONE]}
        assert answer(rf, "/admin/", response)._csp_config == {"default-src": [CSP.NONE]}


class TestASecretAddress:
    @pytest.mark.parametrize(
        "path", ["/preview/x/", "/alerts/confirm/x/", "/alerts/manage/x/erase/", "/alerts/unsubscribe/x/"]
    )
    def test_is_kept_and_passed_on_by_nobody(self, rf, path):
        headers = answer(rf, path).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"

    def test_of_alerts_may_have_forms(self, rf):
        assert not hasattr(answer(rf, "/alerts/manage/x/"), "_csp_config")

"""The pages on which staff sign in and look after their account: these and no others.

allauth offers more (sign-up, changing one's address); what is not listed here does not exist.
"""

from allauth.account import views as account
from django.urls import include, path, re_path

from accounts import views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("logout/everywhere/", views.sign_out_everywhere, name="accounts_sign_out_everywhere"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", views.reset_password, name="account_reset_password"),
    path(
        "password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.limited("link")(views.ResetFromKeyView.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("invitation/join/", views.join, name="accounts_join"),
    path("invitation/<str:token>/", views.invitation, name="accounts_invitation"),
    path("2fa/", views.FactorsView.as_view(), name="mfa_index"),
    path("2fa/webauthn/login/", views.use_passkey, name="mfa_login_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]

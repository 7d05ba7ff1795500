"""The pages of accounts, all of them allauth's views with our templates.

They carry no access decorator of ours, because allauth guards them itself. Open to anybody: login, signup, logout
(which only asks), inactive, the two pages of confirm-email, and those of password/reset. For people who are signed in:
password/change, password/set, sessions. Nothing else of allauth has an address here: one e-mail address a person, no
telephone numbers, no codes, no other sites' accounts.
"""

from allauth.account import views
from allauth.usersessions.views import ListUserSessionsView
from django.urls import path, re_path

from lomwong.people.accounts import ABOUT_THE_HOUSE

urlpatterns = [
    path("login/", views.LoginView.as_view(extra_context=ABOUT_THE_HOUSE), name="account_login"),
    path("signup/", views.SignupView.as_view(extra_context=ABOUT_THE_HOUSE), name="account_signup"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path(
        "confirm-email/",
        views.EmailVerificationSentView.as_view(extra_context=ABOUT_THE_HOUSE),
        name="account_email_verification_sent",
    ),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.confirm_email, name="account_confirm_email"),
    path(
        "password/reset/",
        views.PasswordResetView.as_view(extra_context=ABOUT_THE_HOUSE),
        name="account_reset_password",
    ),
    path(
        "password/reset/done/",
        views.PasswordResetDoneView.as_view(extra_context=ABOUT_THE_HOUSE),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.PasswordResetFromKeyView.as_view(extra_context=ABOUT_THE_HOUSE),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("sessions/", ListUserSessionsView.as_view(), name="usersessions_list"),
]

"""Addresses of the door and of one's own history; allauth finds its pages by these names."""

from django.urls import path

from kabinet.people import email_views, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("confirm/", views.Confirm.as_view(), name="account_reauthenticate"),
    path("password/", views.own_password, name="own_password"),
    path("password/change/", views.change_password, name="change_password"),
    path("forgotten/", email_views.forgotten, name="forgotten"),
    path("forgotten/code/", email_views.forgotten_code, name="forgotten_code"),
    path("forgotten/password/", email_views.forgotten_password, name="forgotten_password"),
    path("email/", email_views.change, name="change_email"),
    path("email/code/", email_views.change_code, name="change_email_code"),
    path("history/", views.own_history, name="history"),
]

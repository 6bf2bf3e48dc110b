from django.urls import path

from kabinet.notifications import views

app_name = "notifications"
urlpatterns = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/<uuid:message_id>/", views.follow, name="follow"),
    path("outbox/", views.outbox, name="outbox"),
]

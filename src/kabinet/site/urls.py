"""Every address of the house. A new one gets its row in tests/house/doors.py."""

from django.contrib import admin
from django.urls import include, path

from kabinet.site import views

handler500 = "kabinet.site.views.broken"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("", include("kabinet.ui.urls")),
    path("", include("kabinet.notifications.urls")),
    path("", include("kabinet.people.urls")),
    path("", include("kabinet.payments.urls")),
    path("", include("kabinet.exams.urls")),
    path("", include("kabinet.portfolio.urls")),
    path("", include("kabinet.cabinets.urls")),
    path("admin/", admin.site.urls),
]

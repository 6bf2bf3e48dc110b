"""Addresses of the look."""

from django.urls import path

from kabinet.ui import views

urlpatterns = [
    path("language/", views.language, name="language"),
    path("stay/", views.stay, name="stay"),
    path("ui/", views.show_gallery, name="gallery"),
    path("ui/<slug:page>/", views.show_gallery, name="gallery_page"),
]

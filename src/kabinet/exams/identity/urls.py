"""Addresses of the offer of a document; they stand before the pages of questions."""

from django.urls import path

from kabinet.exams.identity import views

urlpatterns = [
    path("forms/<uuid:form_id>/from-document/", views.fill, name="from_document"),
    path("forms/<uuid:form_id>/identity/<slug:key>/", views.piece, name="identity"),
]

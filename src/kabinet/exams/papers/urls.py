"""Addresses of papers and of the two pages they lie on; they stand before the pages of questions."""

from django.urls import path

from kabinet.exams.papers import seen, showing, views

urlpatterns = [
    path("forms/<uuid:form_id>/documents/", views.documents, name="documents"),
    path("forms/<uuid:form_id>/face/", views.face, name="face"),
    path("forms/<uuid:form_id>/face/seen", seen.face, name="face_seen"),
    path("forms/<uuid:form_id>/tiles/<slug:key>/", views.tile, name="tile"),
    path(
        "forms/<uuid:form_id>/papers/<uuid:paper_id>/<slug:rendition>",
        showing.paper,
        name="paper",
    ),
]

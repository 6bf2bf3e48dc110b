from django.urls import path

from kabinet.exams import views
from kabinet.exams.identity import urls as identity
from kabinet.exams.papers import urls as papers

app_name = "exams"
urlpatterns = [
    path("prepare/", views.prepare, name="prepare"),
    path("forms/<uuid:form_id>/", views.hub, name="form"),
    path("forms/<uuid:form_id>/view/", views.summary, name="summary"),
    path("forms/<uuid:form_id>/check/", views.check, name="check"),
    path("forms/<uuid:form_id>/finish/", views.finish, name="finish"),
    path("forms/<uuid:form_id>/done/", views.done, name="done"),
    path("forms/<uuid:form_id>/form.pdf", views.form_pdf, name="pdf"),
    path("forms/<uuid:form_id>/receipt.json", views.receipt_json, name="receipt"),
    *papers.urlpatterns,
    *identity.urlpatterns,
    path("forms/<uuid:form_id>/<slug:slug>/", views.page, name="page"),
    path("forms/<uuid:form_id>/<slug:slug>/reopen/", views.reopen, name="reopen"),
]

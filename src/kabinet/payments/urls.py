from django.urls import path

from kabinet.payments import views

app_name = "payments"
urlpatterns = [
    path("payments/<uuid:charge_id>/", views.charge, name="charge"),
    path("payments/<uuid:charge_id>/add/", views.add, name="add"),
    path(
        "payments/<uuid:charge_id>/receipts/<uuid:receipt_id>/cancel/", views.cancel, name="cancel"
    ),
]

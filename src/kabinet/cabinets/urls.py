from django.urls import include, path

from kabinet.cabinets.views import (
    centre,
    district,
    handouts,
    holders,
    home,
    passwords,
    posts,
    school,
)

places = [
    path("school/<uuid:school_id>/", school.school, name="school"),
    path("school/<uuid:school_id>/accesses/", handouts.accesses, name="accesses"),
    path("school/<uuid:school_id>/slips/", handouts.slips, name="slips"),
    path(
        "school/<uuid:school_id>/people/<uuid:person_id>/password/",
        passwords.at_school,
        name="school_password",
    ),
    path(
        "school/<uuid:school_id>/people/<uuid:person_id>/slip/",
        handouts.slip_at_school,
        name="school_slip",
    ),
    path("district/<uuid:district_id>/", district.district, name="district"),
    path(
        "district/<uuid:district_id>/people/<uuid:person_id>/password/",
        passwords.at_district,
        name="district_password",
    ),
    path(
        "district/<uuid:district_id>/people/<uuid:person_id>/slip/",
        handouts.slip_at_district,
        name="district_slip",
    ),
    path("posts/<int:post_id>/end/", posts.end, name="end_post"),
    path("posts/<int:post_id>/password/", passwords.of_post, name="post_password"),
    path("posts/<int:post_id>/slip/", handouts.slip_of_post, name="post_slip"),
    path("office/supervisors/", holders.supervisors, name="supervisors"),
    path("office/supervisors/add/", holders.supervisor_add, name="supervisor_add"),
    path("centre/offices/", holders.offices, name="offices"),
    path("centre/offices/add/", holders.office_add, name="office_add"),
    path("centre/", centre.centre, name="centre"),
    path("centre/journal/", centre.journal, name="journal"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("", include((places, "cabinets"))),
]

"""Addresses of the PhD cabinet."""

from django.urls import path

from kabinet.portfolio.views import (
    links,
    lists,
    office,
    plan,
    profile,
    registration,
    reports,
    scans,
    templates,
)

app_name = "portfolio"
urlpatterns = [
    path("register/", registration.register, name="register"),
    path("register/code/", registration.code, name="register_code"),
    path("register/password/", registration.password, name="register_password"),
    path("registration/", registration.own, name="registration"),
    path("plan/", plan.own, name="own"),
    path("plan/<uuid:enrolment_id>/", plan.plan, name="plan"),
    path("plan/<uuid:enrolment_id>/files/", plan.files, name="files"),
    path("plan/<uuid:enrolment_id>/bin/", plan.bin_, name="bin"),
    path(
        "plan/<uuid:enrolment_id>/slots/<int:year_id>/<int:requirement_id>/",
        plan.slot,
        name="slot",
    ),
    path(
        "plan/<uuid:enrolment_id>/templates/<int:template_id>/",
        templates.filled,
        name="filled_template",
    ),
    path("reports/<uuid:report_id>/", reports.report, name="report"),
    path("reports/files/<uuid:version_id>/<slug:rendition>", reports.file, name="file"),
    path("scans/<uuid:scan_id>/", scans.scan, name="scan"),
    path("scans/photos/<uuid:photo_id>/<slug:rendition>", scans.photo, name="photo"),
    path("templates/", templates.own_templates, name="templates"),
    path("portfolio/", profile.own, name="profile"),
    path("portfolio/<slug:key>/add/", profile.add, name="story_add"),
    path("portfolio/<slug:key>/<uuid:story_id>/", profile.story, name="story"),
    path("portfolio/<slug:key>/<uuid:story_id>/file", profile.file, name="story_file"),
    path("students/<uuid:enrolment_id>/portfolio/", profile.portfolio, name="portfolio"),
    path(
        "students/<uuid:enrolment_id>/portfolio/<slug:kind>",
        profile.download,
        name="portfolio_file",
    ),
    path("students/", office.my_students, name="students"),
    path("office/", office.office, name="office"),
    path(
        "office/registrations/<uuid:registration_id>/",
        office.registration,
        name="office_registration",
    ),
    path("office/students/<uuid:enrolment_id>/", office.student, name="student"),
    path("office/roster/", office.roster, name="roster"),
    path("office/roster/example.xlsx", office.roster_example, name="roster_example"),
    path("office/links/", links.links, name="office_links"),
    path("office/lists/", lists.lists, name="office_lists"),
    path("office/lists/<slug:slug>/", lists.one, name="office_list"),
    path("office/lists/<slug:slug>/add/", lists.add, name="office_line_add"),
    path(
        "office/lists/years/<int:year_id>/<int:requirement_id>/",
        lists.deadline,
        name="office_deadline",
    ),
    path("office/lists/<slug:slug>/<str:line_id>/", lists.line, name="office_line"),
    path("office/templates/", templates.office_templates, name="office_templates"),
    path("office/templates/<int:template_id>/", templates.original, name="template"),
]

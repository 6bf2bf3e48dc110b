"""Every address of the house × every kind of person: the answer expected for a GET.

A row is the route's name and one answer per role, in the order of ``ROLES``. All objects in the
addresses belong to Aiperi (school № 5, Jeti-Oguz). ``in``: sent to sign-in. A new address without
a row fails ``test_every_door_has_a_row``.
"""

STRANGERS = ("classmate", "bakyt", "other_officer")
"""Whoever of them posts to an address with Aiperi's belongings in it gets 404."""

ROLES = (
    "anonymous",
    "aiperi",  # the graduate whose form it is
    "classmate",  # another graduate of the same school
    "zhamal",  # responsible of her school
    "bakyt",  # responsible of a school in another district
    "daniyar",  # officer of her district
    "other_officer",  # officer of another district
    "aida",  # administrator of the centre
)

DOORS = """
# open to everybody
alive                        200 200 200 200 200 200 200 200
ready                        200 200 200 200 200 200 200 200
gallery                      200 200 200 200 200 200 200 200
gallery_page                 200 200 200 200 200 200 200 200
exams:prepare                200 200 200 200 200 200 200 200
stay                         401 204 204 204 204 204 204 204
language                     405 405 405 405 405 405 405 405

# the door itself: who is in already is sent home
account_login                200 302 302 302 302 302 302 302
account_logout               in  200 200 200 200 200 200 200
account_reauthenticate       in  200 200 200 200 200 200 200
own_password                 in  302 302 302 302 302 302 302
change_password              in  200 200 200 200 200 200 200
home                         in  302 200 302 302 302 302 302
history                      in  200 200 200 200 200 200 200
notifications:inbox          in  200 200 200 200 200 200 200
notifications:follow         in  405 405 405 405 405 405 405
notifications:outbox         in  404 404 404 404 404 404 200

# Aiperi's form
exams:form                   in  200 404 200 404 200 404 200
exams:summary                in  200 404 200 404 200 404 200
exams:page                   in  200 404 200 404 200 404 200
exams:documents              in  200 404 200 404 200 404 200
exams:face                   in  200 404 200 404 200 404 200
exams:from_document          in  302 404 302 404 302 404 302
exams:identity               401 200 404 200 404 200 404 200
exams:face_seen              401 200 404 200 404 200 404 200
exams:tile                   in  302 404 302 404 302 404 302
exams:paper                  in  200 404 200 404 200 404 200
exams:check                  in  302 404 302 404 302 404 302
exams:finish                 in  302 404 302 404 302 404 302
exams:done                   in  200 404 200 404 200 404 200
exams:pdf                    in  200 404 200 404 200 404 200
exams:receipt                in  200 404 200 404 200 404 200
exams:reopen                 in  200 404 200 404 200 404 200

# what she owes
payments:charge              in  200 404 200 404 200 404 200
payments:add                 in  200 404 200 404 200 404 200
payments:cancel              in  200 404 200 404 200 404 200

# her school (slips lead back where nobody waits for a first password)
cabinets:school              in  404 404 200 404 200 404 200
cabinets:accesses            in  404 404 200 404 200 404 200
cabinets:slips               in  404 404 302 404 302 404 302
cabinets:school_password     in  404 404 200 404 200 404 200
cabinets:school_slip         in  404 404 302 404 302 404 302

# her district (there the officer's password and slip, which the centre gives) and the centre
cabinets:district            in  404 404 404 404 200 404 200
cabinets:district_password   in  404 404 404 404 404 404 200
cabinets:district_slip       in  404 404 404 404 404 404 302
cabinets:end_post            in  404 404 404 404 200 404 200
cabinets:centre              in  404 404 404 404 404 404 200
cabinets:journal             in  404 404 404 404 404 404 200

# who works at a university: its office is opened by the centre, which sees nothing else there
cabinets:offices             in  404 404 404 404 404 404 200
cabinets:office_add          in  404 404 404 404 404 404 200
cabinets:post_password       in  404 404 404 404 404 404 200
cabinets:post_slip           in  404 404 404 404 404 404 302
cabinets:supervisors         in  404 404 404 404 404 404 404
cabinets:supervisor_add      in  404 404 404 404 404 404 404

# of a PhD student: another tree, so nobody of the ORT gets in (tests/portfolio has its own cast)
portfolio:own                in  404 404 404 404 404 404 404
portfolio:plan               in  404 404 404 404 404 404 404
portfolio:bin                in  404 404 404 404 404 404 404
portfolio:report             in  404 404 404 404 404 404 404
portfolio:file               in  404 404 404 404 404 404 404
portfolio:scan               in  404 404 404 404 404 404 404
portfolio:photo              in  404 404 404 404 404 404 404
portfolio:filled_template    in  404 404 404 404 404 404 404
portfolio:templates          in  404 404 404 404 404 404 404
portfolio:office_templates   in  404 404 404 404 404 404 404
portfolio:template           in  404 404 404 404 404 404 404
portfolio:files              in  405 405 405 405 405 405 405
portfolio:slot               in  405 405 405 405 405 405 405
portfolio:profile            in  404 404 404 404 404 404 404
portfolio:portfolio          in  404 404 404 404 404 404 404
portfolio:portfolio_file     in  404 404 404 404 404 404 404
portfolio:story_add          in  404 404 404 404 404 404 404
portfolio:story              in  404 404 404 404 404 404 404
portfolio:story_file         in  404 404 404 404 404 404 404
portfolio:students           in  404 404 404 404 404 404 404
portfolio:office             in  404 404 404 404 404 404 404
portfolio:office_registration in  404 404 404 404 404 404 404
portfolio:student            in  404 404 404 404 404 404 404
portfolio:roster             in  404 404 404 404 404 404 404
portfolio:roster_example     in  404 404 404 404 404 404 404
portfolio:office_links       in  404 404 404 404 404 404 404
portfolio:office_lists       in  404 404 404 404 404 404 404
portfolio:office_list        in  404 404 404 404 404 404 404
portfolio:office_line_add    in  404 404 404 404 404 404 404
portfolio:office_line        in  404 404 404 404 404 404 404
portfolio:office_deadline    in  404 404 404 404 404 404 404
portfolio:registration       in  404 404 404 404 404 404 404

# by a code sent to an e-mail: nothing behind the first page before its code
portfolio:register           200 302 302 302 302 302 302 302
portfolio:register_code      302 302 302 302 302 302 302 302
portfolio:register_password  302 302 302 302 302 302 302 302
forgotten                    200 200 200 200 200 200 200 200
forgotten_code               302 302 302 302 302 302 302 302
forgotten_password           302 302 302 302 302 302 302 302
change_email                 in  200 200 200 200 200 200 200
change_email_code            in  302 302 302 302 302 302 302
"""


def table() -> dict[str, list[str]]:
    """Route → the answers, in the order of ``ROLES``."""
    lines = (line for line in DOORS.splitlines() if line and not line.startswith("#"))
    rows = (line.split() for line in lines)
    return {name: answers for name, *answers in rows}

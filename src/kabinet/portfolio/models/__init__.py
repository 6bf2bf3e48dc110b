"""What the office keeps as data, who is enrolled by which order, and what students hand in."""

from kabinet.portfolio.models.achievements import Achievement, Conference, Publication
from kabinet.portfolio.models.enrolment import (
    Enrolment,
    EnrolmentFact,
    Registration,
    RosterEntry,
)
from kabinet.portfolio.models.office import (
    AcademicYear,
    DocumentTemplate,
    DocumentType,
    MovedDay,
    Requirement,
    Speciality,
    StudyForm,
)
from kabinet.portfolio.models.report import Remark, Report, Scan, ScanPhoto, Version

__all__ = [
    "AcademicYear",
    "Achievement",
    "Conference",
    "DocumentTemplate",
    "DocumentType",
    "Enrolment",
    "EnrolmentFact",
    "MovedDay",
    "Publication",
    "Registration",
    "Remark",
    "Report",
    "Requirement",
    "RosterEntry",
    "Scan",
    "ScanPhoto",
    "Speciality",
    "StudyForm",
    "Version",
]

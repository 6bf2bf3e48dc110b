"""A campaign as data, the application form with its pages, and the papers added to it."""

from kabinet.exams.models.application import (
    Address,
    Application,
    Choice,
    Documents,
    Face,
    FormPage,
    Personal,
    Reopening,
    Submission,
)
from kabinet.exams.models.campaign import (
    Benefit,
    Campaign,
    DocumentKind,
    Milestone,
    Subject,
    Territory,
    TestLanguage,
)
from kabinet.exams.models.paper import BenefitClaim, Paper

__all__ = [
    "Address",
    "Application",
    "Benefit",
    "BenefitClaim",
    "Campaign",
    "Choice",
    "DocumentKind",
    "Documents",
    "Face",
    "FormPage",
    "Milestone",
    "Paper",
    "Personal",
    "Reopening",
    "Subject",
    "Submission",
    "Territory",
    "TestLanguage",
]

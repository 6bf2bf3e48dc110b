"""The face photo: what a program can see on it, rule by rule. It advises; a person decides."""

from kabinet.core.photo.check import check_photo, models_ready
from kabinet.core.photo.policy import ORT, POLICIES, Policy
from kabinet.core.photo.report import Report, RuleResult

__all__ = ["ORT", "POLICIES", "Policy", "Report", "RuleResult", "check_photo", "models_ready"]

"""The check of one photo: bytes in, report out."""

from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib import import_module
from types import ModuleType

from kabinet.core.photo.catalogue import models_version
from kabinet.core.photo.decode import Picture, UnreadableError, read_picture
from kabinet.core.photo.fingerprint import picture_hash
from kabinet.core.photo.judging import Reading, declared, judge, unmeasured
from kabinet.core.photo.plain import plain_chroma
from kabinet.core.photo.policy import ORT, Policy
from kabinet.core.photo.report import RULES, Report, RuleResult, whole_verdict

NO_MODELS = "none"


def check_photo(data: bytes, policy: Policy = ORT) -> Report:
    """Judge a photo of a face against `policy`.

    Pure and deterministic: no network, no clock, no settings. Whatever the bytes are, a report comes
    back: a file that cannot be read gets a report with the single rule "file". Without the models or
    their runtime only file, size and greyness are judged; the other rules say `human`.
    """
    try:
        picture = read_picture(data, policy.limits)
    except UnreadableError as error:
        refused = RuleResult("file", "fails", None, None, error.key, error.params)
        return _report(data, policy, (refused,), None)
    return _report(data, policy, _judged(picture, policy), picture)


def models_ready() -> bool:
    """Whether the runtime and all models are there, so that rules can say more than `human`."""
    return not why_blind()


def why_blind() -> str:
    """What is missing for it; "" when nothing is."""
    analysis = _analysis()
    if analysis is None:
        return "the extra photo is not installed"
    return "" if analysis.ready() else "run `make models` first"


@cache
def _analysis() -> ModuleType | None:
    """None without the optional extra "photo": every rule goes to a person then.

    Tried at the first photo and not before: a web process that only shows reports stays small.
    """
    try:
        return import_module("kabinet.core.photo.analysis")
    except ImportError as error:
        if (error.name or "").startswith("kabinet"):
            raise
        return None


def _judged(picture: Picture, policy: Policy) -> tuple[RuleResult, ...]:
    ready, analysis = models_ready(), _analysis()
    results = {"file": RuleResult("file", "ok", None, None, "file.ok", {})}
    results |= {result.rule: result for result in declared(picture.facts)}
    results |= analysis.analyse(picture, policy) if analysis and ready else {}
    if "colour" not in results:
        results |= {"size": _plain_size(picture, policy), "colour": _plain_colour(picture, policy)}
    reason = "unmeasured.no_face" if ready else "unmeasured.no_models"
    return tuple(results.get(rule) or unmeasured(rule, reason) for rule in RULES)


def _plain_size(picture: Picture, policy: Policy) -> RuleResult:
    """Without a face only a hopelessly small picture fails; else a person looks."""
    short_side = min(picture.width, picture.height)
    params: dict[str, float | str] = {"width": picture.width, "height": picture.height}
    result = judge("size", [Reading("size.short_side", short_side, params)], policy)
    if result.verdict == "fails":
        return result
    return replace(result, verdict="human", message_key="size.short_side")


def _plain_colour(picture: Picture, policy: Policy) -> RuleResult:
    """Without a face only a plainly grey picture fails; else a person looks."""
    reading = Reading("colour.chroma", plain_chroma(picture.image))
    result = judge("colour", [reading], policy)
    return result if result.verdict == "fails" else unmeasured("colour", "colour.plain")


def _report(
    data: bytes, policy: Policy, rules: tuple[RuleResult, ...], picture: Picture | None
) -> Report:
    return Report(
        verdict=whole_verdict(rules),
        rules=rules,
        width=picture.width if picture else 0,
        height=picture.height if picture else 0,
        phash=picture_hash(picture.image) if picture else "",
        sha256=sha256(data).hexdigest(),
        model_version=models_version() if models_ready() else NO_MODELS,
        policy_version=policy.version,
    )

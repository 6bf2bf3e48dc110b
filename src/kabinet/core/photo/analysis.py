"""The part of the check that needs numpy, the LiteRT runtime and the models."""

from kabinet.core.photo.decode import Picture
from kabinet.core.photo.networks import load_networks
from kabinet.core.photo.policy import Policy
from kabinet.core.photo.report import RuleResult
from kabinet.core.photo.rules import Evidence, judge_face
from kabinet.core.photo.scene import look_at


def ready() -> bool:
    """Whether every model is in its place."""
    return bool(load_networks())


def analyse(picture: Picture, policy: Policy) -> dict[str, RuleResult]:
    """The verdicts by rule; only that of `one_face` when no face is found."""
    networks = load_networks()
    scene = look_at(picture.image, networks)
    if scene.subject is None:
        return {"one_face": RuleResult("one_face", "fails", 0, 1, "one_face.none", {"faces": 0})}
    return judge_face(Evidence(picture, scene, scene.subject, networks, policy))

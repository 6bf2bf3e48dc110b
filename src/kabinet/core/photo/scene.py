"""Everything the networks find on one photo, before any rule looks at it."""

from dataclasses import dataclass

from PIL import Image

from kabinet.core.photo.detector import Proposal, propose_faces
from kabinet.core.photo.face import Face, align_face
from kabinet.core.photo.iris import Eye, read_eyes
from kabinet.core.photo.mesh import Mesh, fit_mesh
from kabinet.core.photo.networks import Network
from kabinet.core.photo.raster import distance
from kabinet.core.photo.segmentation import Segmentation, segment

_OVERVIEW = 400  # pixels: more than the networks that see the whole picture take in
_CERTAIN = 0.5  # detector and mesh both at least half sure
_FAINT = 0.3  # looked at only when nothing certain was found


@dataclass(frozen=True)
class Subject:
    """The largest face of the photo, with its eyes and its standard cut-out."""

    mesh: Mesh
    eyes: tuple[Eye, Eye]
    face: Face


@dataclass(frozen=True)
class Scene:
    """`meshes`: every face, largest first; `subject` belongs to the first, None without a face.
    `certain`: whether the first was found beyond doubt."""

    image: Image.Image
    meshes: tuple[Mesh, ...]
    certain: bool
    subject: Subject | None
    segmentation: Segmentation


def look_at(image: Image.Image, networks: dict[str, Network]) -> Scene:
    """Run the networks over an upright RGB picture."""
    small = image.reduce(max(1, max(image.size) // _OVERVIEW))
    meshes, certain = _find_faces(image, small, networks)
    subject = _subject(image, networks, meshes[0]) if meshes else None
    scene = segment(small, networks["selfie_segmentation"])
    return Scene(image, meshes, certain, subject, scene)


def _find_faces(
    image: Image.Image, small: Image.Image, networks: dict[str, Network]
) -> tuple[tuple[Mesh, ...], bool]:
    detectors = networks["face_detection_short_range"], networks["face_detection_full_range"]
    proposals = propose_faces(small, max(image.size), *detectors, threshold=_FAINT)
    certain = [proposal for proposal in proposals if proposal.score >= _CERTAIN]
    found = _confirmed(image, networks, certain)
    if found:
        return found, True
    return _confirmed(image, networks, proposals)[:1], False


def _confirmed(
    image: Image.Image, networks: dict[str, Network], proposals: list[Proposal]
) -> tuple[Mesh, ...]:
    meshes = [fit_mesh(image, networks["face_landmark"], proposal) for proposal in proposals[:8]]
    real = [mesh for mesh in meshes if mesh.presence >= _CERTAIN and mesh.eye_distance >= 3]
    return _distinct(sorted(real, key=lambda mesh: -mesh.eye_distance))


def _distinct(meshes: list[Mesh]) -> tuple[Mesh, ...]:
    """Two proposals may lead to the same face."""
    kept: list[Mesh] = []
    for mesh in meshes:
        if all(distance(mesh.eye_middle, o.eye_middle) > o.eye_distance / 2 for o in kept):
            kept.append(mesh)
    return tuple(kept)


def _subject(image: Image.Image, networks: dict[str, Network], mesh: Mesh) -> Subject:
    return Subject(mesh, read_eyes(image, networks["iris_landmark"], mesh), align_face(image, mesh))

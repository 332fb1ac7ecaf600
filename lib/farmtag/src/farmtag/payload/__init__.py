"""What tags say: one frozen dataclass for each kind and version."""

from .base import ON_TAGS, Kind, Payload
from .container import Container
from .farmer_card import FarmerCard
from .forms import Form
from .parts import (
    ContainerType,
    CropRight,
    Grade,
    Guide,
    IssuedRange,
    PlotRight,
    PrivatePart,
)
from .person import Person, person_from
from .revocations import Revocations, RevokedCode, RevokedKey
from .split import SplitRecord
from .unit import Unit

__all__ = [
    "ON_TAGS",
    "Container",
    "ContainerType",
    "CropRight",
    "FarmerCard",
    "Form",
    "Grade",
    "Guide",
    "IssuedRange",
    "Kind",
    "Payload",
    "Person",
    "PlotRight",
    "PrivatePart",
    "Revocations",
    "RevokedCode",
    "RevokedKey",
    "SplitRecord",
    "Unit",
    "person_from",
]

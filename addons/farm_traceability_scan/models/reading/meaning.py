"""What a scan may mean: a record, with all that the symbol says of it."""

from dataclasses import asdict, dataclass, field, replace

#: kinds of meanings, and the model that each one's record is of
MODELS = {
    "picking": "stock.picking",
    "harvest": "farm.harvest",
    "farmer": "res.partner",
    "package": "stock.package",
    "location": "stock.location",
    "lot": "stock.lot",
    "new_lot": "product.product",
    "product": "product.product",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a scan may mean.

    - ``kind``: key of :data:`MODELS`; ``id``: of its record
    - ``name`` and ``detail``: what people read when they have to choose
    - ``product_id``: of an item
    - ``lot_name``: of a lot, also of one that is not there yet
    - ``quantity``: what the symbol says, in the product's unit; None if it does not
    - ``dates``: ``{name: date}``, see :class:`.look.Look`
    """

    kind: str
    id: int
    name: str
    detail: str = ""
    product_id: int | None = None
    lot_name: str = ""
    quantity: float | None = None
    dates: dict = field(default_factory=dict)

    @property
    def key(self):
        """By which a person's choice comes back."""
        return f"{self.kind},{self.id}"

    def having(self, **values):
        return replace(self, **values)

    def as_json(self):
        dates = {name: day.isoformat() for name, day in self.dates.items()}
        return asdict(self) | {"dates": dates, "key": self.key}

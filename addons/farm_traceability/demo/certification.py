"""Certificates and inspections: valid, suspended, revoked, expired, or none."""

from odoo.fields import Command

from .world import batches

INSPECTIONS = 40
SUSPENSIONS = (
    "No records of spraying were kept.",
    "A pesticide outside of the guide was found in the store.",
    "The boundary of the plot is in dispute.",
)
REVOCATION = "Bought fruit of others was sold under this certificate."


def tell(world):
    world.certificates = _certificates(world)
    _inspections(world)
    _end_certificates(world)


def _certificates(world):
    farmers = [
        farmer for farmer in world.farmers if world.fates[farmer.id] != "missing"
    ]
    certificates = world.as_user("officer")["farm.certificate"]
    for part in batches(farmers, 300):
        new = certificates.create([_certificate_vals(world, farmer) for farmer in part])
        new.action_issue()
        certificates += new
        world.log(f"    Certificates: {len(certificates):,} of {len(farmers):,}")
    return {certificate.farmer_id.id: certificate for certificate in certificates}


def _certificate_vals(world, farmer):
    rng = world.rng
    crop = world.crop_of[farmer.id]
    is_organic = farmer != world.story_farmer and rng.random() < 0.08
    scheme = world.env.ref(
        f"farm_traceability.scheme_{'organic' if is_organic else 'gap'}"
    )
    begin = world.day(-rng.randint(150, 500))
    return {
        "name": f"{'ORG' if is_organic else 'GAP'}-3313-{farmer.farm_code[2:]}",
        "scheme_id": scheme.id,
        "authority_id": world.office.id,
        "farmer_id": farmer.id,
        "valid_from": begin,
        "valid_to": _valid_to(world, farmer, begin),
        "line_ids": [
            Command.create({"crop_id": crop.crop.id, "guide_id": crop.guide.id})
        ],
        "plot_ids": [Command.set(world.plots[farmer.id].ids)],
    }


def _valid_to(world, farmer, begin):
    if world.fates[farmer.id] != "ended":
        return max(world.day(world.rng.randint(20, 400)), begin)
    purchase = world.purchases.get(farmer.id)
    return world.day(-10 if purchase else -world.rng.randint(1, 120))


def _inspections(world):
    """Officers visit; what they find at some farmers leads to a suspension."""
    count = max(round(INSPECTIONS * len(world.farmers) / 1820), 4)
    chosen = [world.certificates[farmer.id] for farmer in _to_visit(world, count)]
    inspections = world.as_user("officer")["farm.inspection"].create(
        [
            {
                "certificate_id": certificate.id,
                "plot_id": certificate.plot_ids[:1].id,
                "date": world.day(-world.rng.randint(13, 80)),
            }
            for certificate in chosen
        ]
    )
    for inspection in inspections:
        _fill_in(world, inspection)
    inspections.action_done()
    world.inspected = {one.certificate_id.id: one for one in inspections}


def _to_visit(world, count):
    suspended = [f for f in world.farmers if world.fates[f.id] == "suspended"]
    valid = [f for f in world.farmers if world.fates[f.id] == "valid"]
    return suspended[: count // 4] + valid[: count - count // 4]


def _fill_in(world, inspection):
    is_bad = world.fates[inspection.farmer_id.id] == "suspended"
    inspection.line_ids.result = "pass"
    critical = inspection.line_ids.filtered("is_critical")
    others = inspection.line_ids - critical
    if is_bad:
        _find_fault(world, inspection, critical[1:2] or critical)
    elif world.rng.random() < 0.3:
        _find_fault(world, inspection, others[:1])


def _find_fault(world, inspection, line):
    line.write(
        {
            "result": "fail",
            "note": "Shown to the farmer, who agreed to put it right.",
            "due_date": world.day(14),
        }
    )


def _end_certificates(world):
    for farmer in world.farmers:
        fate = world.fates[farmer.id]
        certificate = world.certificates.get(farmer.id)
        if fate == "suspended":
            when = world.day(-world.rng.randint(1, 12))
            certificate.suspend(_suspension(world, certificate), when)
        elif fate == "ended" and _is_revoked(world, farmer):
            begin = max(certificate.valid_from, world.day(-140))
            certificate.revoke(REVOCATION, begin)
    # What the daily job does.
    world.env["farm.certificate"]._ended().state = "expired"


def _suspension(world, certificate):
    inspection = world.inspected.get(certificate.id)
    reason = world.rng.choice(SUSPENSIONS)
    return f"{inspection.name}: {reason}" if inspection else reason


def _is_revoked(world, farmer):
    """Every fourth of those that ended, if none of its fruit was bought."""
    return int(farmer.farm_code[2:]) % 4 == 0 and farmer.id not in world.purchases

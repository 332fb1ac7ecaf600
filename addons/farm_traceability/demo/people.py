"""The agriculture office, the unions, 91 groups of about 20 farmers, and traders."""

from itertools import product

from odoo.fields import Command

from .world import FOLDER, TIMEZONE, batches, facts, table

SUBDISTRICT = "3313060"
#: the story's village comes first: it has the first group
VILLAGES = ("004", "003", "005", "006", "007", "009", "010", "001", "002", "008")
ROMAN = ("I", "II", "III", "IV")
MEMBERS = (17, 23)
STORY_FARMER = "Slamet Raharjo"
#: of every twenty farmers: how their certificates stand today
FATES = ["valid"] * 17 + ["suspended", "ended", "missing"]
GROUPS_OF = {
    "admin": [
        "stock.group_stock_manager",
        "farm_traceability.group_officer",
        "farm_traceability.group_collector",
        "farm_traceability.group_quality_manager",
        "base.group_partner_manager",
    ],
    "officer": ["farm_traceability.group_officer", "base.group_partner_manager"],
    "collector": ["farm_traceability.group_collector"],
    "warehouse": ["stock.group_stock_user"],
    "quality": ["farm_traceability.group_quality_manager"],
    "manager": ["farm_traceability.group_manager"],
    "market": ["stock.group_stock_user"],
    "stall": ["farm_traceability.group_collector"],
    "farmer": ["base.group_portal"],
}
NAMES = {
    "officer": "Retno Handayani",
    "collector": "Joko Santoso",
    "warehouse": "Teguh Prasetyo",
    "quality": "Endang Lestari",
    "manager": "Hartono Wibowo",
    "market": "Lastri Utami",
    "stall": "Sri Wahyuni",
}


def tell(world):
    _office(world)
    _groups(world)
    _farmers(world)
    _traders(world)
    _users(world)
    world.log(
        f"    {len(world.groups)} farmer groups, {len(world.farmers)} farmers,"
        f" {len(world.users)} logins"
    )


def _office(world):
    world.subdistrict = world.env.ref(f"farm_traceability.region_{SUBDISTRICT}")
    world.villages = [
        world.env.ref(f"farm_traceability.region_{SUBDISTRICT}{code}")
        for code in VILLAGES
    ]
    world.office = world.env["res.partner"].create(
        _home(world)
        | {
            "name": "Dinas Pertanian Kabupaten Karanganyar",
            "is_company": True,
            "city": "Karanganyar",
            "farm_role_ids": world.roles("authority"),
            "farm_region_id": world.subdistrict.parent_id.id,
        }
    )


def _home(world):
    return {
        "country_id": world.env.ref("base.id").id,
        "state_id": world.env.ref("base.state_id_jt").id,
        "tz": TIMEZONE,
    }


# -- the farmers' organisation ------------------------------


def _groups(world):
    union = _organisation(world, "subdistrict_union", [world.subdistrict])[0]
    villages = world.villages[: world.group_total]
    unions = _organisation(world, "village_union", villages, union)
    names = [f"{name['name']} {number}" for number, name in _group_names()]
    world.groups = world.env["res.partner"].create(
        [
            _group_vals(world, index, name, unions[index % len(unions)])
            for index, name in enumerate(names[: world.group_total])
        ]
    )


def _group_names():
    return product(ROMAN, facts("group_names"))


def _organisation(world, role, regions, union=None):
    words = {"subdistrict_union": "Kecamatan", "village_union": "Desa"}
    return world.env["res.partner"].create(
        [
            _home(world)
            | {
                "name": f"Gapoktan {words[role]} {region.name.title()}",
                "is_company": True,
                "city": "Tawangmangu",
                "farm_role_ids": world.roles(role),
                "farm_region_id": region.id,
                "farm_group_id": union and union.id,
                "farm_code": f"GP-{region.code}",
            }
            for region in regions
        ]
    )


def _group_vals(world, index, name, union):
    return _home(world) | {
        "name": f"Kelompok Tani {name}",
        "is_company": True,
        "city": "Tawangmangu",
        "street": f"Desa {union.farm_region_id.name.title()}",
        "farm_role_ids": world.roles("farmer_group"),
        "farm_region_id": union.farm_region_id.id,
        "farm_group_id": union.id,
        "farm_code": f"KT-{index + 1:03d}",
    }


def _farmers(world):
    sizes = [world.rng.randint(*MEMBERS) for _group in world.groups]
    names = _person_names(world.rng, sum(sizes))
    places = [
        group
        for group, size in zip(world.groups, sizes, strict=True)
        for _member in range(size)
    ]
    vals_list = [
        _farmer_vals(world, number, name, group)
        for number, (name, group) in enumerate(zip(names, places, strict=True), 1)
    ]
    farmers = world.env["res.partner"]
    for part in batches(vals_list, 300):
        farmers += farmers.create(part)
        world.log(f"    Farmers: {len(farmers):,} of {len(vals_list):,}")
    world.farmers = farmers
    world.story_farmer = farmers[0]
    world.fates = _fates(world)


def _person_names(rng, count):
    """Different names; the first one is the story's farmer."""
    given, second = facts("given_names"), facts("second_names")
    names = [
        f"{first['name']} {last['name']}"
        for first, last in product(given, second)
        if first["gender"] == last["gender"] and first["name"] != last["name"]
    ]
    names.remove(STORY_FARMER)
    return [STORY_FARMER, *rng.sample(names, count - 1)]


def _farmer_vals(world, number, name, group):
    rng = world.rng
    village = group.farm_region_id
    return _home(world) | {
        "name": name,
        "street": f"RT {rng.randint(1, 6):02d} RW {rng.randint(1, 9):02d}",
        "street2": f"Desa {village.name.title()}",
        "city": "Tawangmangu",
        "farm_role_ids": world.roles("farmer"),
        "farm_region_id": village.id,
        "farm_group_id": group.id,
        "farm_code": f"T-{number:05d}",
    }


def _fates(world):
    """How each farmer's certificate stands: the story's farmer has a valid one."""
    fates = {}
    for part in batches(world.farmers, len(FATES)):
        deck = FATES[: len(part)] if len(part) < len(FATES) else list(FATES)
        world.rng.shuffle(deck)
        fates.update(zip(part.ids, deck, strict=True))
    fates[world.story_farmer.id] = "valid"
    return fates


# -- traders, customers, users --------------------------------------------


def _traders(world):
    tags = _tags(world)
    rows = facts("traders")
    partners = world.env["res.partner"].create(
        [_trader_vals(world, row, tags) for row in rows]
    )
    world.traders = {}
    for row, partner in zip(rows, partners, strict=True):
        world.traders.setdefault(row["kind"], []).append(partner)


def _tags(world):
    names = sorted({row["tag"] for row in facts("traders") if row["tag"]})
    tags = world.env["res.partner.category"].create([{"name": name} for name in names])
    return dict(zip(names, tags, strict=True))


def _trader_vals(world, row, tags):
    return _home(world) | {
        "name": row["name"],
        "is_company": row["tag"] not in ("Household", ""),
        "city": row["city"],
        "farm_role_ids": world.roles(*filter(None, [row["role"]])),
        "farm_region_id": bool(row["local"]) and world.subdistrict.id,
        "category_id": [Command.set([tags[row["tag"]].id])] if row["tag"] else [],
    }


def _users(world):
    shops = {"market": world.market, "stall": world.stall}
    for row in table(FOLDER / "logins.csv"):
        shop = shops.get(row["login"], world.collector)
        user = (
            _admin(world)
            if row["login"] == "admin"
            else _user(world, row, shop.company)
        )
        world.users[row["login"]] = user
    world.users["officer"].farm_region_ids = world.subdistrict
    world.users["collector"].farm_region_ids = world.subdistrict
    world.users["stall"].farm_region_ids = world.subdistrict


def _group_ids(world, login):
    return [world.env.ref(name).id for name in GROUPS_OF[login]]


def _admin(world):
    user = world.env.ref("base.user_admin")
    companies = world.env["res.company"].search([])
    user.write(
        {
            "tz": TIMEZONE,
            "company_ids": [Command.link(company.id) for company in companies],
            "group_ids": [Command.link(gid) for gid in _group_ids(world, "admin")],
        }
    )
    return user


def _user(world, row, company):
    login = row["login"]
    vals = {
        "login": login,
        "password": row["password"],
        "group_ids": [Command.set(_group_ids(world, login))],
        "company_id": company.id,
        "company_ids": [Command.set(company.ids)],
        "tz": TIMEZONE,
        "lang": "id_ID" if _speaks_indonesian(world, login) else "en_US",
    }
    if login == "farmer":
        vals["partner_id"] = world.story_farmer.id
    else:
        vals |= {"name": NAMES[login], "email": f"{login}@example.com"}
    user = world.env["res.users"].create(vals)
    _silence_bot(user | world.env.ref("base.user_admin"))
    return user


def _silence_bot(users):
    """Keep Odoo's bot from opening its chat over the demonstration."""
    if "odoobot_state" in users._fields:
        users.odoobot_state = "disabled"


def _speaks_indonesian(world, login):
    return world.has_indonesian and login in ("officer", "collector", "stall", "farmer")

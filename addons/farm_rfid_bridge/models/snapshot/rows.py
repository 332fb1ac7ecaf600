"""What devices are told of records: SELECTs of ``id`` and ``data`` (jsonb).

Each takes the SELECT of the ids that the device may see, and the language. What is in
``data`` is all that leaves the server; its hash is the version of the record.
"""

from odoo.tools import SQL

ENGLISH = "en_US"


def farmers(ids, lang):
    return SQL(
        """
        SELECT p.id, jsonb_build_object('code', p.farm_code, 'name', p.name,
               'region', r.code, 'group', g.farm_code) AS data
          FROM res_partner p
          JOIN farm_region r ON r.id = p.farm_region_id
          LEFT JOIN res_partner g ON g.id = p.farm_group_id
         WHERE p.id IN (%s)
        """,
        ids,
    )


def certificates(ids, lang):
    return SQL(
        """
        SELECT c.id, jsonb_build_object('number', c.name, 'farmer', c.farmer_id,
               'scheme', s.code, 'state', c.state, 'valid_from', c.valid_from,
               'valid_to', c.valid_to,
               'crops', (SELECT jsonb_agg(jsonb_build_object('crop', line.crop_id,
                                'guide', line.guide_id) ORDER BY line.id)
                           FROM farm_certificate_line line
                          WHERE line.certificate_id = c.id)) AS data
          FROM farm_certificate c
          JOIN farm_certification_scheme s ON s.id = c.scheme_id
         WHERE c.id IN (%s)
        """,
        ids,
    )


def crops(ids, lang):
    return SQL(
        """
        SELECT id, jsonb_build_object('code', code, 'name', %(name)s,
               'variety', variety) AS data
          FROM farm_crop WHERE id IN (%(ids)s)
        """,
        name=_translated("name", lang),
        ids=ids,
    )


def grades(ids, lang):
    return SQL(
        """
        SELECT id, jsonb_build_object('crop', crop_id, 'code', code,
               'name', %(name)s, 'rank', sequence) AS data
          FROM farm_grade WHERE id IN (%(ids)s)
        """,
        name=_translated("name", lang),
        ids=ids,
    )


def guides(ids, lang):
    return SQL(
        """
        SELECT id, jsonb_build_object('code', code, 'version', version,
               'crop', crop_id, 'is_organic', is_organic,
               'maturity_days', jsonb_build_array(maturity_days_min,
                                                  maturity_days_max),
               'storage_celsius', jsonb_build_array(storage_temperature_min,
                                                    storage_temperature_max),
               'distribution_hours', distribution_hours_max) AS data
          FROM farm_guide WHERE id IN (%s)
        """,
        ids,
    )


def device_keys(ids, lang):
    return SQL(
        """
        SELECT id, jsonb_build_object('number', number, 'key_id', key_id,
               'public_key', public_key, 'from', valid_from::date, 'state', state,
               'revoked_from_seq', revoked_from_seq) AS data
          FROM farm_device_key WHERE id IN (%s)
        """,
        ids,
    )


def authority_keys(ids, lang):
    return SQL(
        """
        SELECT id, jsonb_build_object('number', number, 'key_id', key_id,
               'public_key', public_key, 'from', valid_from, 'to', valid_to,
               'state', state, 'revoked_from', revoked_from) AS data
          FROM farm_signing_key WHERE id IN (%s)
        """,
        ids,
    )


def cards(ids, lang):
    return SQL(
        """
        SELECT id, jsonb_build_object('code', lineage_code, 'farmer', partner_id,
               'certificate', certificate_id, 'uid', uid, 'state', state) AS data
          FROM farm_tag WHERE id IN (%s)
        """,
        ids,
    )


def revocations(ids, lang):
    return SQL(
        """
        SELECT id, jsonb_build_object('code', lineage_code) AS data
          FROM farm_tag WHERE id IN (%s)
        """,
        ids,
    )


def bunches(ids, lang):
    return SQL(
        """
        SELECT lot.id, jsonb_build_object('code', lot.lineage_code,
               'crop', template.farm_crop_id, 'farmer', lot.farmer_id,
               'grade', lot.grade_id, 'harvested', lot.harvest_date,
               'pieces', lot.piece_count, 'left', lot.remaining_count,
               'is_on_hold', coalesce(lot.is_on_hold, FALSE)) AS data
          FROM stock_lot lot
          JOIN product_product product ON product.id = lot.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE lot.id IN (%s)
        """,
        ids,
    )


def _translated(column, lang):
    name = SQL.identifier(column)
    return SQL("coalesce(%s->>%s, %s->>%s)", name, lang or ENGLISH, name, ENGLISH)

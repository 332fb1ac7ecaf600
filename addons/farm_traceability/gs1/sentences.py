"""Every sentence about wrong GS1 data, in one place.

Templates are marked for translation with ``_``; whoever shows an error translates it
by :meth:`Gs1Error.sentence`. A sentence says what is wrong and what to do; where it
is wrong stands before it.
"""


def _(text):
    """Marks a text for translation; it is translated when it is shown."""
    return text


ALONE = "%(problem)s"
IN_VALUE = _("“%(value)s”: %(problem)s")
IN_VALUE_AT = _("“%(value)s”, character %(position)s: %(problem)s")
IN_ELEMENT = _("(%(ai)s) %(title)s “%(value)s”: %(problem)s")
IN_ELEMENT_AT = _("(%(ai)s) %(title)s “%(value)s”, character %(position)s: %(problem)s")

STRUCTURE = {
    "empty": _("there is no data; scan or type the code again."),
    "no_bracket": _(
        "“%(text)s” stands where an application identifier in brackets such as (01) "
        "is expected; write every identifier in brackets, and \\( for a bracket "
        "in a value."
    ),
    "unknown_ai": _(
        "“%(text)s” does not start with an application identifier of GS1; check "
        "that the field before it has its right length or ends with the separator "
        "(FNC1)."
    ),
    "value_empty": _("the value is missing; write it, or leave the identifier out."),
    "value_too_short": _(
        "the value is too short, %(count)s of at least %(least)s characters; "
        "complete it."
    ),
    "value_too_long": _(
        "the value is too long, %(count)s of at most %(most)s characters; shorten "
        "it, or put the separator (FNC1) after it."
    ),
    "value_incomplete": _(
        "the value ends in the middle of a part of %(count)s characters; complete "
        "the part, or leave it out."
    ),
    "not_text": _("the data is no text; give it as text."),
}

MESSAGE = {
    "repeated": _(
        "(%(ai)s) stands twice with different values, “%(first)s” and “%(second)s”; "
        "keep one of them."
    ),
    "excluded": _("(%(ai)s) and (%(other)s) cannot stand together; leave one out."),
    "required": _("(%(ai)s) needs %(groups)s in the same message; add it."),
    "required_one_of": _(
        "(%(ai)s) needs one of %(groups)s in the same message; add what is missing."
    ),
    "signature_without_serial": _(
        "a digital signature (8030) needs a serial number within (%(ai)s); add it."
    ),
    "period_reversed": _(
        "the period of (%(ai)s) ends on %(last)s before it starts on %(first)s; check "
        "both."
    ),
    "dates_reversed": _(
        "the date in (%(later)s) is before the date in (%(earlier)s); check both."
    ),
}

CHARACTERS = {
    "non_digit_character": _("“%(text)s” is no digit; only 0 to 9 are allowed."),
    "invalid_cset82_character": _(
        "“%(text)s” is not allowed; use letters without accents, digits, and "
        "! \" %% & ' ( ) * + , - . / : ; < = > ? _ without spaces."
    ),
    "invalid_cset39_character": _(
        "“%(text)s” is not allowed; use capital letters, digits, # - and /."
    ),
    "invalid_cset64_character": _(
        "“%(text)s” is not allowed; use letters, digits, - and _ (base64url)."
    ),
    "invalid_cset64_padding": _(
        "the padding “%(text)s” at the end does not fit; leave it out (base64url "
        "needs none)."
    ),
    "requires_non_digit_character": _(
        "the value has digits only; it needs at least one other character."
    ),
    "invalid_percent_sequence": _(
        "“%(text)s” is no percent-encoded character; write %% and two hexadecimal "
        "digits, such as %%20 for a space."
    ),
    "not_hyphen": _("the sign “%(text)s” is no hyphen; write -, or leave it out."),
    "importer_idx_must_be_one_character": _(
        "the importer index must be one character; write one."
    ),
    "invalid_import_idx_character": _(
        "“%(text)s” is no importer index; use a letter, a digit, - or _."
    ),
}

CHECKS = {
    "incorrect_check_digit": _(
        "the check digit is %(found)s but should be %(expected)s; compare the number "
        "with its source."
    ),
    "incorrect_check_pair": _(
        "the check characters are %(found)s but should be %(expected)s; compare the "
        "number with its source."
    ),
    "too_short_for_check_digit": _(
        "the value is too short to hold its check digit; complete it."
    ),
    "too_short_for_check_pair": _(
        "the value is too short to hold its two check characters; complete it."
    ),
    "too_long_for_check_pair_implementation": _(
        "the value has more than 99 characters, for which no check characters can be "
        "calculated; shorten it."
    ),
    "iban_too_short": _("the IBAN is too short; complete it."),
    "iban_too_long": _("the IBAN has more than 34 characters; compare it."),
    "illegal_iban_country_code": _(
        "“%(text)s” is no country; an IBAN starts with two letters of its country."
    ),
    "invalid_iban_character": _(
        "“%(text)s” is not allowed; an IBAN has capital letters and digits only."
    ),
    "incorrect_iban_checksum": _(
        "the check digits “%(text)s” of the IBAN are wrong; compare it with its source."
    ),
    "too_short_for_gcp": _(
        "the value is too short to start with a company prefix; write at least four "
        "digits."
    ),
    "invalid_gcp_prefix": _(
        "“%(text)s” is not (the start of) a company prefix of GS1; check the number."
    ),
    "gcp_datasource_offline": _(
        "the list of company prefixes cannot be asked now for “%(text)s”; try later."
    ),
}

TIMES = {
    "date_too_short": _("the date is too short; write %(pattern)s."),
    "date_too_long": _("the date is too long; write %(pattern)s."),
    "illegal_month": _(
        "“%(text)s” is no month; write the date as %(pattern)s, with months 01 to 12."
    ),
    "illegal_day": _(
        "“%(text)s” is no day of that month; write the date as %(pattern)s."
    ),
    "hour_too_short": _("the hour has two digits; write 00 to 23."),
    "hour_too_long": _("the hour has two digits; write 00 to 23."),
    "illegal_hour": _("“%(text)s” is no hour; write 00 to 23."),
    "minute_too_short": _("the minute has two digits; write 00 to 59."),
    "minute_too_long": _("the minute has two digits; write 00 to 59."),
    "illegal_minute": _("“%(text)s” is no minute; write 00 to 59."),
    "second_too_short": _("the second has two digits; write 00 to 59."),
    "second_too_long": _("the second has two digits; write 00 to 59."),
    "illegal_second": _("“%(text)s” is no second; write 00 to 59."),
    "hour_with_minute_too_short": _("the time has four digits; write HHMM."),
    "hour_with_minute_too_long": _("the time has four digits; write HHMM."),
}

LISTS = {
    "not_iso3166": _(
        "“%(text)s” is no country; write the three digits of ISO 3166, such as 360 "
        "for Indonesia."
    ),
    "not_iso3166_or_999": _(
        "“%(text)s” is no country; write the three digits of ISO 3166, such as 360 "
        "for Indonesia, or 999 for several."
    ),
    "not_iso3166_alpha2": _(
        "“%(text)s” is no country; write the two letters of ISO 3166, such as ID "
        "for Indonesia."
    ),
    "not_iso4217": _(
        "“%(text)s” is no currency; write the three digits of ISO 4217, such as 360 "
        "for rupiah."
    ),
    "invalid_package_type": _(
        "“%(text)s” is no type of package; use a code of GS1's list of package types."
    ),
    "invalid_media_type": _(
        "“%(text)s” is no type of medium; use 01 to 10, or 80 to 99 for your own."
    ),
    "invalid_biological_sex_code": _(
        "“%(text)s” is no code of ISO 5218; use 0, 1, 2 or 9."
    ),
    "invalid_winding_direction": _(
        "“%(text)s” is no winding direction; use 0, 1 or 9."
    ),
    "not_zero_or_one": _("“%(text)s” is neither 0 (no) nor 1 (yes); use one of them."),
}

NUMBERS = {
    "illegal_zero_value": _("the number must not be zero; write the number."),
    "illegal_zero_prefix": _("the number must not start with 0; leave the zero out."),
    "not_zero": _("“%(text)s” must be 0; write 0."),
    "latitude_invalid_length": _("a latitude has ten digits; complete it."),
    "invalid_latitude": _(
        "“%(text)s” is more than 90° north; write (latitude + 90) × 10,000,000."
    ),
    "longitude_invalid_length": _("a longitude has ten digits; complete it."),
    "invalid_longitude": _(
        "“%(text)s” is more than a full turn; write longitude × 10,000,000, and 360° "
        "more if it is west."
    ),
    "invalid_length_for_piece_of_total": _(
        "piece and total need the same number of digits; write both with two digits."
    ),
    "zero_piece_number": _("the number of the piece is zero; count from 1."),
    "zero_total_pieces": _("the total of pieces is zero; write how many there are."),
    "piece_number_exceeds_total": _(
        "the number of the piece is above the total; check both."
    ),
    "position_in_sequence_malformed": _(
        "“%(text)s” is no position in a sequence; write it such as 1/2."
    ),
    "position_exceeds_end": _("the position is behind the end; check both."),
}

COUPON = {
    "coupon_missing": _("the coupon ends before its %(field)s; complete it."),
    "coupon_missing_length": _(
        "the coupon ends before the length of its %(field)s; complete it."
    ),
    "coupon_invalid": _(
        "“%(text)s” is not allowed for the %(field)s of the coupon; correct it."
    ),
    "coupon_invalid_length": _(
        "“%(text)s” is no length for the %(field)s of the coupon; correct it."
    ),
    "coupon_truncated": _(
        "the %(field)s of the coupon is shorter than announced; complete it."
    ),
    "coupon_short_date": _("the %(field)s of the coupon is too short; write YYMMDD."),
    "coupon_invalid_date": _(
        "“%(text)s” is no date for the %(field)s of the coupon; write YYMMDD."
    ),
    "coupon_expiration_before_start": _(
        "the coupon expires before it starts; check both dates."
    ),
    "coupon_excess_data": _(
        "“%(text)s” is left over at the end of the coupon; remove or complete it."
    ),
}

COUPON_FIELDS = {
    "gcp": _("company prefix"),
    "offer_code": _("offer code"),
    "save_value": _("save value"),
    "1st_purchase_requirement": _("first purchase requirement"),
    "1st_purchase_requirement_code": _("first purchase requirement code"),
    "1st_purchase_family_code": _("first purchase family code"),
    "additional_purchase_rules_code": _("additional purchase rules code"),
    "2nd_purchase_requirement": _("second purchase requirement"),
    "2nd_purchase_requirement_code": _("second purchase requirement code"),
    "2nd_purchase_family_code": _("second purchase family code"),
    "2nd_purchase_gcp": _("second purchase company prefix"),
    "3rd_purchase_requirement": _("third purchase requirement"),
    "3rd_purchase_requirement_code": _("third purchase requirement code"),
    "3rd_purchase_family_code": _("third purchase family code"),
    "3rd_purchase_gcp": _("third purchase company prefix"),
    "expiration_date": _("expiration date"),
    "start_date": _("start date"),
    "serial_number": _("serial number"),
    "retailer_gcp_or_gln": _("company prefix or GLN of the retailer"),
    "save_value_code": _("save value code"),
    "save_value_applies_to_item": _("item that the save value applies to"),
    "store_coupon_flag": _("store coupon flag"),
    "dont_multiply_flag": _("do-not-multiply flag"),
    "format_code": _("format code"),
    "funder": _("company prefix of the funder"),
}

LINKS = {
    "link_characters": _(
        "“%(text)s” is not allowed in a web address; write it percent-encoded."
    ),
    "link_scheme": _("a GS1 Digital Link starts with https:// or http://; correct it."),
    "link_domain": _("“%(text)s” is no name of a web server; correct the address."),
    "link_stem": _(
        "the start of a link has neither ? nor #; leave them and what follows out."
    ),
    "link_no_key": _(
        "no primary key of GS1, such as 01 and a GTIN, is found; name one."
    ),
    "link_order": _(
        "the path %(path)s is no allowed sequence; write %(ways)s, without those that "
        "are not needed."
    ),
    "link_unknown_ai": _(
        "“%(text)s” in the query is no application identifier of GS1; remove it."
    ),
    "link_attribute": _(
        "(%(ai)s) does not belong in the query of a link of (%(key)s); put it into "
        "the path where its order allows it, or leave it out."
    ),
    "link_repeated": _("(%(ai)s) stands twice in the link; keep one."),
}

SCANS = {
    "scan_without_identifier": _(
        "the scan does not start with a symbology identifier such as ]d2; switch it "
        "on in the scanner."
    ),
    "scan_unknown_identifier": _(
        "the symbology identifier “%(text)s” is not supported; use GS1-128, GS1 "
        "DataMatrix, GS1 QR, GS1 DataBar, EAN or UPC."
    ),
    "scan_digits": _(
        "the symbol must have %(count)s digits, it has %(found)s; scan it again."
    ),
    "scan_too_large": _(
        "a DataBar Limited symbol starts with 0 or 1; use another symbol."
    ),
    "scan_needs_identifiers": _(
        "%(symbol)s carries application identifiers only; write the message with them."
    ),
    "epc_unknown": _(
        "this is no EPC of an item, a logistic unit or a place, such as "
        "urn:epc:id:sgtin:0614141.112345.400; scan another symbol of it."
    ),
    "scan_no_composite": _("%(symbol)s has no second part; leave it out."),
    "scan_unknown_symbol": _("“%(symbol)s” is no known symbol; choose another."),
}

KEYS = {
    "prefix_length": _(
        "a company prefix has 4 to 12 digits, “%(text)s” does not; check it."
    ),
    "reference_too_long": _(
        "the number “%(text)s” does not fit: with this company prefix %(room)s digits "
        "are left; ask GS1 for a further prefix."
    ),
    "reference_digits": _("the number “%(text)s” must have digits only; correct it."),
    "extension_digit": _("“%(text)s” is no extension digit; use one of 0 to 9."),
    "indicator_digit": _("“%(text)s” is no indicator; use one of 1 to 9."),
    "key_length": _(
        "%(kind)s has %(lengths)s digits, “%(text)s” has %(count)s; complete it."
    ),
    "key_prefix": _(
        "%(kind)s %(text)s does not belong to the company prefix %(prefix)s; check "
        "the number or the prefix."
    ),
    "symbol_character": _(
        "“%(text)s” cannot be drawn in Code 128; use ASCII characters."
    ),
    "symbol_empty": _("there is nothing to draw; give a message."),
}

VALUES = {
    "measure_negative": _("a measure is above zero, %(quantity)s is not; correct it."),
    "measure_too_large": _(
        "%(quantity)s has too many digits for (%(ai)s); use a larger unit."
    ),
    "date_year": _(
        "the year of %(date)s cannot be told by two digits now; only 49 years back and "
        "50 ahead can."
    ),
    "no_measure": _("(%(ai)s) is no measure; use another identifier."),
    "no_date": _("(%(ai)s) has no date; use another identifier."),
}

SENTENCES = {
    **STRUCTURE,
    **MESSAGE,
    **CHARACTERS,
    **CHECKS,
    **TIMES,
    **LISTS,
    **NUMBERS,
    **COUPON,
    **LINKS,
    **SCANS,
    **KEYS,
    **VALUES,
}

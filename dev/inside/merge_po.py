"""Bring translations up to date with a template: TEMPLATE [PO ...]."""

import sys

import polib

#: change with every export and say nothing
_DATES = ("POT-Creation-Date", "PO-Revision-Date")


def main(template, *files):
    """Drop the template's dates; merge it into the files, obsolete terms go.

    The files get the template's order, so that a new term changes a few lines only.
    """
    terms = polib.pofile(template)
    _save(terms)
    place = {entry.msgid: number for number, entry in enumerate(terms)}
    for file in files:
        translations = polib.pofile(file)
        translations.merge(terms)
        for entry in translations.obsolete_entries():
            translations.remove(entry)
        translations.sort(key=lambda entry: place[entry.msgid])
        _save(translations)


def _save(terms):
    for name in _DATES:
        terms.metadata.pop(name, None)
    terms.save()


main(*sys.argv[1:])

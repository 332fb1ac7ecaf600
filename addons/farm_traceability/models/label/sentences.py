"""Errors of the GS1 and label rooms as sentences in the reader's language."""

from contextlib import contextmanager

from odoo.exceptions import ValidationError

from ...gs1 import Gs1Error
from ...labels import LabelError

Problem = (Gs1Error, LabelError)


@contextmanager
def in_words(env, about=""):
    """Tell people what plain Python refuses.

    :param about: what it is about; stands before the sentence
    :raises ValidationError: for one of :data:`Problem`
    """
    try:
        yield
    except Problem as problem:
        raise ValidationError(worded(env, problem, about)) from None


def worded(env, problem, about=""):
    sentence = problem.sentence(env._)
    return f"{about}: {sentence}" if about else sentence

from . import (
    test_promise,
    test_promise_address,
    test_promise_forecast,
    test_promise_outside,
    test_promise_tour,
    test_translation,
)

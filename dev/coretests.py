"""``make test-odoo-core``: Odoo's own tests with the suite installed."""


def main(used):
    return 0

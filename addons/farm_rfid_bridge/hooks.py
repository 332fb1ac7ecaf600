from .models.read import months


def uninstall_hook(env):
    """Drop the table of reads: Odoo knows the view of it, and drops that alone."""
    env.cr.execute(months.DROP)

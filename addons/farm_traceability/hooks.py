def uninstall_hook(env):
    """Take away what was made for crops in tables of Odoo's own."""
    crops = env["farm.crop"].with_context(active_test=False).search([])
    sequences = crops.lot_sequence_id
    crops.lot_sequence_id = False
    sequences.unlink()

"""What devices and the server say to each other; knows nothing of Odoo."""

from . import events, reading, res_users, scenarios

from . import res_users, reading, events, scenarios

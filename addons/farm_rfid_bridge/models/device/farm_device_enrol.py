import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...protocol import chain, problems
from ...protocol.clock import in_milliseconds
from .farm_device_credential import hashed

#: letters and digits that nobody takes for one another
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
CODE_VALID = timedelta(minutes=15)


def plain_code(text):
    """A code as it was made, however it was typed."""
    code = text.upper().replace("-", "").replace(" ", "")
    return code.translate(str.maketrans("OIL", "011"))


class FarmDevice(models.Model):
    """How a device is taken on: with a code that is valid for 15 minutes, once."""

    _inherit = "farm.device"

    enrol_code_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    enrol_until = fields.Datetime("Code Valid until", readonly=True, copy=False)

    _enrol_code_unique = models.UniqueIndex(
        "(enrol_code_hash) WHERE enrol_code_hash IS NOT NULL"
    )

    def action_enrol(self):
        """Make a code, and show it; one that was made before is void."""
        self.ensure_one()
        code = self._new_enrolment_code()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enrol %(device)s", device=self.name),
            "res_model": "farm.device.enrolment",
            "view_mode": "form",
            "target": "new",
            # The code is stored nowhere: it goes to this screen and no other.
            "context": {"default_device_id": self.id, "default_code": code},
        }

    def _new_enrolment_code(self):
        """A code for one enrolment, as it is shown to people."""
        self.check_access("write")
        self._give_rights()
        if self.state == "replaced":
            raise UserError(
                self.env._(
                    "%(other)s has taken the place of %(device)s: enrol that one.",
                    other=self.replaced_by_id.name,
                    device=self.name,
                )
            )
        code = "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LENGTH))
        # Nobody may write these otherwise than here.
        self.sudo().write(
            {
                "enrol_code_hash": hashed(code),
                "enrol_until": fields.Datetime.now() + CODE_VALID,
            }
        )
        return f"{code[:5]}-{code[5:]}"

    @api.model
    def _enrol(self, asked):
        """Take a device on that shows a code and has the key that it shows.

        The proof is a signature of the code, ten characters without the dash, and the
        public key.

        :param asked: ``protocol.envelope.Enrolment``
        :return: what the device is told, with its token, which is stored nowhere
        :raises Problem: ``CodeUnknown``, ``BadSignature`` or ``KeyKnown``
        """
        code = plain_code(asked.code)
        device = self._of_enrolment_code(code)
        proved = code.encode() + asked.public_key
        chain.check_signature(asked.public_key, asked.proof, proved)
        token, token_hash = self._new_token()
        device._retire_key()
        key = device._add_key(asked.public_key)
        device.write(device._prepare_enrolled_vals(key, token_hash, asked.agent))
        return {
            "device": device._describe(),
            "token": token,
            "server_time": in_milliseconds(fields.Datetime.now()),
            "server_key": self.env["farm.sealing.key"]._current()._describe(),
        }

    @api.model
    def _of_enrolment_code(self, code):
        # Nobody is logged in: the code says which device it is for. Of two that use
        # it at once, the second finds the row changed, and then the code gone.
        device = self.sudo().search(
            [
                ("enrol_code_hash", "=", hashed(code)),
                ("enrol_until", ">", fields.Datetime.now()),
            ],
            limit=1,
        )
        if not device:
            raise problems.CodeUnknown()
        return device

    def _retire_key(self):
        active = self.key_id.filtered(lambda key: key.state == "active")
        active.state = "retired"

    def _add_key(self, public_key):
        keys = self.env["farm.device.key"].sudo()
        if keys.search_count([("public_key", "=", public_key.hex())], limit=1):
            raise problems.KeyKnown()
        return keys.create(
            {
                "device_id": self.id,
                "number": self._next_number(),
                "key_id": chain.key_id_of(public_key).hex(),
                "public_key": public_key.hex(),
                "valid_from": fields.Datetime.now(),
                "ack_hash": chain.BEGIN.hex(),
            }
        )

    def _prepare_enrolled_vals(self, key, token_hash, agent):
        return {
            "state": "enrolled",
            "state_reason": False,
            "key_id": key.id,
            "number": key.number,
            "token_hash": token_hash,
            "enrol_code_hash": False,
            "enrol_until": False,
            "last_seen": fields.Datetime.now(),
            "agent_version": str(agent.get("version", ""))[:64],
        }

    def _describe(self):
        """What a device knows about itself."""
        return {
            "number": self.number,
            "key_id": self.key_id.key_id,
            "name": self.name,
            "kind": self.kind,
            "scope": self._scope(),
        }

    def _scope(self):
        return {
            "company": self.company_id.name,
            "user": self.user_id.name,
            "warehouse": self.warehouse_id.code or "",
            "locations": self.location_ids.mapped("complete_name"),
            "regions": self.region_ids.mapped("code"),
            "may_write_bunches": self.may_write_bunches,
            "may_split": self.may_split,
            "may_write_cards": self.may_write_cards,
        }

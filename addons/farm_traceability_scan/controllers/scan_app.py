from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import file_open

GROUP = "stock.group_stock_user"
SCOPE = "/farm/scan"
#: methods of the door ``farm.scan`` that a device asks, and how many args each takes
ASKED = {
    "menu": (0,),
    "documents": (1,),
    "open": (2,),
    "begin": (1,),
    "look_up": (1, 2),
    "places": (0,),
    "items": (1,),
    "post": (1,),
}
COLOUR = "#12291f"
ICON_SIZES = (192, 512)
ICONS = "/farm_traceability_scan/static/description"


class ScanApp(http.Controller):
    """The scan screens: a page of their own, which also loads without network."""

    @http.route(SCOPE, type="http", auth="user", methods=["GET"], readonly=True)
    def page(self):
        if not request.env.user.has_group(GROUP):
            page = request.render("farm_traceability_scan.no_scan_app")
            page.status_code = 403
        else:
            page = request.render("farm_traceability_scan.scan_app", _page_values())
        # Who is logged in decides what it holds: only the service worker keeps it.
        page.headers["Cache-Control"] = "no-store"
        return page

    @http.route(f"{SCOPE}/ask/<string:method>", type="jsonrpc", auth="user")
    def ask(self, method, uid=None, args=(), company_ids=(), **_rest):
        """Ask the door, as the user whom the page was made for.

        :param list args: of the method
        :param list company_ids: those that the person has chosen, the main one first
        :return: ``{"answer": …}``, or ``{"other_user": name}`` where somebody else has
            logged in on the device: what one person scanned is not sent by another
        """
        user = request.env.user
        if method not in ASKED:
            raise AccessError(request.env._("You may not use the scan screens."))
        if not (
            _are_whole([uid])
            and _are_whole(company_ids)
            and isinstance(args, list | tuple)
            and len(args) in ASKED[method]
        ):
            raise UserError(request.env._("Nobody asks like this. Update the app."))
        if user.id != uid:
            return {"other_user": user.name}
        if not user.has_group(GROUP):
            raise AccessError(request.env._("You may not use the scan screens."))
        request.update_context(allowed_company_ids=list(company_ids))
        return {"answer": getattr(request.env["farm.scan"], method)(*args)}

    @http.route(
        f"{SCOPE}/service-worker.js", type="http", auth="public", methods=["GET"]
    )
    def service_worker(self):
        with file_open("farm_traceability_scan/static/src/app/service_worker.js") as js:
            return request.make_response(
                js.read(),
                [
                    ("Content-Type", "text/javascript"),
                    ("Service-Worker-Allowed", SCOPE),
                    ("Cache-Control", "no-cache"),
                ],
            )

    @http.route(
        f"{SCOPE}/manifest.webmanifest", type="http", auth="public", methods=["GET"]
    )
    def manifest(self):
        return request.make_json_response(
            {
                "name": request.env._("Scan"),
                "short_name": request.env._("Scan"),
                "scope": SCOPE,
                "start_url": SCOPE,
                "display": "standalone",
                "orientation": "any",
                "background_color": COLOUR,
                "theme_color": COLOUR,
                "icons": [_icon("icon.svg", "any")]
                + [_icon(f"icon-{size}.png", f"{size}x{size}") for size in ICON_SIZES],
            },
            [("Content-Type", "application/manifest+json")],
        )


def _are_whole(values):
    is_list = isinstance(values, list | tuple)
    return is_list and all(type(one) is int for one in values)


def _icon(name, sizes):
    kind = "image/svg+xml" if name.endswith(".svg") else "image/png"
    return {"src": f"{ICONS}/{name}", "sizes": sizes, "type": kind}


def _page_values():
    ir_http = request.env["ir.http"]
    lang = request.env.user.lang
    found, formats = ir_http._get_translations_for_webclient(_add_ons(), lang)
    terms = {
        name: {one["id"]: one["string"] for one in translated.get("messages", ())}
        for name, translated in found.items()
    }
    return {
        "session_info": ir_http.session_info(),
        "scan_info": {
            "lang": lang,
            "terms": terms,
            "formats": formats,
        },
        "colour": COLOUR,
    }


def _add_ons():
    """This add-on and those that extend it: whose terms the screens speak."""
    modules = request.env["ir.module.module"].sudo()  # their names are no secret
    own = modules.search([("name", "=", "farm_traceability_scan")])
    rests = own.downstream_dependencies(exclude_states=("uninstalled", "uninstallable"))
    return ["web", *(own | rests).mapped("name")]

import {_t} from "@web/core/l10n/translation";

/** That scans of somebody else wait on this device. */
export function waitingText({name, count}) {
    return _t(
        "%(count)s scans of %(user)s wait until %(user)s logs in on this device.",
        {
            count,
            user: name,
        }
    );
}

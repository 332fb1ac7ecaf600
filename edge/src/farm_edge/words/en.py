"""English."""

WORDS: dict[str, str] = {
    "tag.bunch": "{crop} · {hands} hands",
    "tag.hand": "{crop} · hand {code}",
    "tag.writing": "Writing. Do not move the tag.",
    "tag.empty": "Nothing is on this tag.",
    "tag.not_ours": "This is not one of our tags. Take another one.",
    "tag.damaged": (
        "What is on this tag is not whole. Take another one, and retire this one."
    ),
    "tag.too_new": (
        "This tag is newer than this program. Tell the office that it needs an update."
    ),
    "tag.too_old": (
        "This device has not seen the server for too long to judge this tag. "
        "Connect it, and tap again."
    ),
    "tag.unknown_key": (
        "It is not known here who signed this tag. Connect the device, and tap again."
    ),
    "tag.unknown_chip": (
        "This reader does not say which chip it is. Use another reader."
    ),
    "tag.forged": (
        "This tag is forged, or copied from another one. Keep it, and call the office."
    ),
    "tag.revoked": "This tag does not count any more.",
    "tag.not_allowed": "Who signed this tag was not allowed to. Call the office.",
    "tag.genuine": "Genuine.",
    "tag.in_use": (
        "This tag is on something already. Retire it first, or take another one."
    ),
    "tag.is_card": "This is a farmer's card. Take a tag for goods.",
    "tap.not_here": "There is nothing to tap here.",
    "tap.settled": "What was begun on this tag is finished.",
    "act.not_here": "That is not possible here.",
    "input.number": "Enter a number from {least} to {most}.",
    "input.weight": "Enter a weight of up to {most} kg.",
    "input.date": "Enter a day that is not after today.",
    "input.harvester": "Say who harvested.",
    "input.language": "This language is not known here.",
    "home.blank": "This tag is blank.",
    "home.cleared": "This tag was of a cancelled purchase. It is blank now.",
    "home.hand.genuine": "Hand {code}: genuine.",
    "home.hand.too_old": (
        "Hand {code}. This device has not seen the server for too long to say more."
    ),
    "home.hand.revoked": "Hand {code} does not count any more.",
    "home.hand.not_allowed": "Hand {code}: who signed it was not allowed to.",
    "home.hand.forged": "Hand {code} is forged.",
    "card.certified": "Certified until {until}.",
    "card.unknown": (
        "The card is genuine. The farmer is not known on this device yet: it "
        "asks the server."
    ),
    "card.not_yet": "The certificate has not begun yet.",
    "card.expired": "The certificate ended on {until}.",
    "card.suspended": "The certificate is suspended.",
    "card.revoked": (
        "This card or its certificate was revoked. Take the card away, and call "
        "the office."
    ),
    "card.ended": "This card is over. The farmer has another one.",
    "card.not_said": "Nothing can be said of this card.",
    "card.empty": "This card is blank.",
    "card.not_ours": "This is not a farmer's card of ours.",
    "card.damaged": (
        "The card cannot be read. Tap it again; if it stays so, the farmer "
        "needs a new one."
    ),
    "card.too_new": (
        "The card is newer than this program. Tell the office that it needs an update."
    ),
    "card.too_old": (
        "This device has not seen the server for too long to be sure of this "
        "card. Connect it soon."
    ),
    "card.unknown_key": (
        "It is not known here who signed this card. Connect the device, and tap again."
    ),
    "card.unknown_chip": (
        "This reader does not say which chip it is. Use another reader."
    ),
    "card.forged": "This card is forged, or copied. Keep it, and call the office.",
    "card.not_allowed": "Who signed this card was not allowed to. Call the office.",
    "card.cannot_buy": "Nothing can be bought with this card.",
    "not_allowed.may_write_bunches": (
        "This device may not write bunch tags. The office can allow it."
    ),
    "not_allowed.may_split": (
        "This device may not split bunches. The office can allow it."
    ),
    "not_allowed.may_write_cards": (
        "This device may not write farmers' cards. The office can allow it."
    ),
    "farmer.unknown": (
        "There is no farmer {farmer} on this device. Connect it, or look at the "
        "number again."
    ),
    "purchase.no_crop": "There is no crop {crop} to buy here.",
    "purchase.no_grade": "This crop has no grade {grade}.",
    "purchase.written": "The tag is written: {count} of {wanted}.",
    "purchase.next_tag": "This tag is done. Take the next one.",
    "purchase.not_yet": "Enter hands and weight first, then tap the tag.",
    "purchase.over_cap": (
        "With these it is {count} bunches; the card says {cap} at most. They may be "
        "bought: the office sees a note."
    ),
    "purchase.nothing": "No bunch is on a tag yet.",
    "purchase.done": "Bought: {count} bunches.",
    "purchase.undo": (
        "Cancelled. Tap the tags that were written, so that they become blank "
        "again: {count}."
    ),
    "purchase.cleared": "Blank again. Still to tap: {count}.",
    "purchase.other_tag": "This tag is not one of this purchase.",
    "split.no_bunch": "This is no bunch that can be split.",
    "split.in_work": (
        "{code} is in another purchase or split that is not done. Finish that first."
    ),
    "split.cancelled": (
        "This bunch is of a cancelled purchase. Tap it on the first screen: it "
        "becomes blank."
    ),
    "split.on_hold": "{code} is on hold. Call the office.",
    "split.nothing_left": "No hands are left on this bunch.",
    "split.weigh_all": "Weigh all {hands} hands, or none.",
    "split.too_heavy": "The hands weigh more than the bunch has left.",
    "split.too_deep": "This cannot be split any further.",
    "split.mark": "Tap the tag of the bunch.",
    "split.marked": "The bunch is written. Now tap a tag for each of {hands} hands.",
    "split.written": "The tag is written: {count} of {wanted}.",
    "split.next_tag": "This tag is done. Take the next one.",
    "split.other_tag": "This is another tag. Tap that of {code}.",
    "split.unsure": (
        "The last tag is not finished. Tap that one again, or skip this hand."
    ),
    "split.has_hands": "Hands were given tags already. Finish with those.",
    "split.undo": "Cancelled. Tap the tag of {code}, so that nothing is taken from it.",
    "split.undone": "The bunch is as it was.",
    "split.done": "Done: {count} hands.",
    "retire.why": "Say why.",
    "retire.mark": "Tap the tag.",
    "retire.other_tag": "This is another tag. Tap the first one.",
    "retire.in_work": (
        "This tag is in a purchase or split that is not done. Finish or cancel "
        "that first."
    ),
    "retire.done": "The tag is blank, and may be used again.",
    "retire.kept": "The tag was taken off. It cannot be made blank: throw it away.",
    "retire.reason.taken_off": "Taken off",
    "retire.reason.broken": "Broken",
    "retire.reason.empty": "Nothing is left of it",
    "retire.reason.mistake": "Written by mistake",
    "officer.none": "There is no card to write. Issue one at the desk.",
    "officer.no_order": "This order is not there any more.",
    "officer.signing": "The server signs the card. Leave it there.",
    "officer.again": "Signed. Leave the card there, or tap it again.",
    "officer.wait": "The server is being asked. Leave the card there.",
    "officer.over": "The order of this card is over. Issue the card again at the desk.",
    "officer.other_card": "This order is for the chip {uid}.",
    "officer.done": "The card is written.",
    "enrol.no_server": "Enter the address as the office says it, as farm.example.id.",
    "enrol.no_code": "A code has ten letters and digits, as 7KQ2M-X9TBA.",
    "enrol.code_unknown": (
        "This code is not known, or was used, or is older than 15 minutes. Ask the "
        "office for another one."
    ),
    "enrol.later": "The server has no time now. Try again in a minute.",
    "enrol.unreachable": (
        "The server was not reached. Look at network and address, and try again."
    ),
    "enrol.done": "The device is enrolled.",
    "settings.no_printer": (
        "That is no printer. Write 192.168.1.50, usb:04b8:0202 or file:/dev/usb/lp0."
    ),
    "settings.kept": "Kept.",
    "waiting.asked": "The device connects now.",
    "today.no_receipt": "There is no receipt of that.",
    "gate.good": "{name}: seen.",
    "gate.warn": "{name}: seen, and not known.",
    "gate.bad": "{name}: seen, and not to be believed.",
    "gate.wait": "{name}: passed too fast.",
    "error.edge": "Something went wrong. Try again; if it stays so, call the office.",
    "error.reader": "The reader does not work.",
    "error.reader_gone": "The reader is not there. Plug it in again.",
    "error.reader_busy": "Another program has the reader.",
    "error.tag": "This tag cannot be used.",
    "error.tag_gone": "The tag left too early. Tap it again.",
    "error.garbled": "The tag was not read well. Tap it again.",
    "error.two_tags": "Two tags are on the reader. Take one away.",
    "error.tag_locked": "This tag cannot be written any more. Take another one.",
    "error.kind": "This chip is not one that we use. Take another one.",
    "error.container": "This chip was set up wrongly. Take another one.",
    "error.full": "This chip is too small. Take a larger one.",
    "error.changed": "Something else is on this tag by now. Begin again.",
    "error.identity": "This reader gives only a number. Use one that reads tags.",
    "error.not_stored": "The tag did not keep what was written. Tap it again.",
    "error.write": "The tag could not be written. Tap it again.",
    "error.order_expired": "It took too long. Tap the tag again.",
    "error.other_tag": "This is another tag than before. Put the first one back.",
    "error.store": "The memory of the device does not work. Call the office.",
    "error.store_damaged": (
        "The memory of the device is damaged. Do not use it, keep it, and call "
        "the office."
    ),
    "error.store_too_new": "A newer program was on this device. It needs an update.",
    "error.store_locked": (
        "The memory of the device is locked, and the key is not here. Call the office."
    ),
    "error.store_busy": "Another program uses the memory of the device. Try again.",
    "error.disk_failed": (
        "The memory card did not take it. Try again; if it stays so, call the office."
    ),
    "error.disk_full": "The memory card is full. Nothing was lost; call the office.",
    "error.disk_read_only": (
        "The memory card takes nothing any more. Call the office for another one."
    ),
    "error.not_enrolled": "This device is not enrolled. Ask the office for a code.",
    "error.quarantined": (
        "The server does not trust this device any more. Call the office."
    ),
    "error.codes_used_up": (
        "This device has given all its codes. It has to be enrolled again."
    ),
    "error.unfit_event": "That cannot be recorded. Call the office.",
    "error.unfit_setting": "That cannot be set. Look at it again.",
    "error.other_history": (
        "The server has another history of this device. Call the office."
    ),
    "error.hash_differs": "The device fetches all records again.",
    "error.write_over": "This tag was finished before.",
    "error.task_over": "This was finished or cancelled before. Begin again.",
    "error.sync": "The server could not be asked.",
    "error.unreachable": (
        "There is no connection to the server. Go on; it is tried again."
    ),
    "error.not_the_server": (
        "Something else than the server answers. Is there a sign-in page of the "
        "network?"
    ),
    "error.untrusted": "The server does not show the right key. Call the office.",
    "error.refused": "The server does not allow that. Call the office.",
    "error.signal": "The lights of the gate do not work.",
    "error.clock": "The clock of the device is wrong.",
    "error.agent": "Another agent runs already.",
}

"""Tags that tests lay on the reader."""

from farmtag import Chip

UID = bytes.fromhex("04A1B2C3D4E580")
OTHER_UID = bytes.fromhex("04A1B2C3D4E581")
PLAIN_UID = bytes.fromhex("05A1B2C3D4E582")
#: chips that nfcpy reads
TYPE_2 = (Chip.NTAG213, Chip.NTAG215, Chip.NTAG216, Chip.TYPE2_768)


def message_of(size, seed=0):
    """Bytes in which no two pages are the same, shorter than any chip holds."""
    return bytes((seed + 7 * i + i // 256) % 256 for i in range(size))


OLD, NEW = message_of(300), message_of(310, seed=91)


def lay(field, chip=Chip.NTAG215, message=OLD, uid=UID, name="tag"):
    """Lay a new tag on the reader, beside what is there."""
    field.make(name, chip, uid, message)
    field.put(name)
    return uid


def pages_written(field):
    """Numbers of the pages that were written, in order."""
    return [frame[1] for frame in field.frames() if frame[0] == 0xA2]

"""A PDF file, written while its parts come: what is written is forgotten.

What is no stream is packed into streams, and so is the table of where all of it is
(PDF 1.5: ISO 32000-1, 7.5.7 and 7.5.8).
"""

import struct
import zlib
from uuid import uuid4

HEAD = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
#: objects in one stream, whose place in it is kept in a byte
MOST_PACKED = 200
#: pages of one node, so that these and the node fill a stream
MOST_PAGES = MOST_PACKED - 1
#: of each object: whether it is in the file (1) or packed (2), where, at which place
PLACE = struct.Struct(">BIB")
IN_FILE, PACKED = 1, 2
DEFLATED = b"/Filter/FlateDecode"


class PdfFile:
    """The objects of a file.

    :param output: a binary file, written from its start to its end
    :param take_number: gives the number of a new object
    """

    def __init__(self, output, take_number):
        self.output, self.take_number = output, take_number
        self.size = 0
        self.places = bytearray()
        self.waiting = []
        self._write(HEAD)

    def add_stream(self, content, entries=b"", number=None):
        """Write a stream, deflated if that makes it shorter.

        :param entries: further ones of its dictionary
        :return: its number
        """
        number = number or self.take_number()
        deflated = zlib.compress(content, 9)
        if len(deflated) + len(DEFLATED) < len(content):
            content, entries = deflated, entries + DEFLATED
        head = b"<<%s/Length %d>>stream\n" % (entries, len(content))
        self.add_written(b"%s%s\nendstream" % (head, content), number)
        return number

    def add_written(self, content, number):
        """Write an object as it stands, such as a stream with its dictionary."""
        self._keep_place(number, IN_FILE, self.size)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    def add(self, content, number=None):
        """Write anything but a stream, packed with others.

        :return: its number
        """
        number = number or self.take_number()
        self.waiting.append((number, content))
        if len(self.waiting) == MOST_PACKED:
            self._pack()
        return number

    def close(self, catalog, info):
        """Write what a reader starts from.

        :param catalog: number, as ``info``
        """
        self._pack()
        number, start = self.take_number(), self.size
        self._keep_place(number, IN_FILE, start)
        count = len(self.places) // PLACE.size
        entries = b"/Type/XRef/W[1 4 1]/Size %d/Root %d 0 R/Info %d 0 R" % (
            *(count, catalog, info),
        )
        entries += b"/ID[<%s><%s>]" % (2 * (uuid4().hex.encode(),))
        entries += b"/DecodeParms<</Predictor 12/Columns %d>>" % PLACE.size
        table = zlib.compress(differences(self.places, PLACE.size), 9)
        head = b"<<%s%s/Length %d>>" % (entries, DEFLATED, len(table))
        self._write(b"%d 0 obj\n%sstream\n%s\nendstream\n" % (number, head, table))
        self._write(b"endobj\nstartxref\n%d\n%%%%EOF\n" % start)

    def _pack(self):
        if not self.waiting:
            return
        number, places, at = self.take_number(), [], 0
        for place, (one, content) in enumerate(self.waiting):
            self._keep_place(one, PACKED, number, place)
            places.append(b"%d %d" % (one, at))
            at += len(content) + 1
        head = b" ".join(places) + b"\n"
        content = head + b"\n".join(content for _number, content in self.waiting)
        entries = b"/Type/ObjStm/N %d/First %d" % (len(self.waiting), len(head))
        self.waiting.clear()
        self.add_stream(content, entries, number)

    def _keep_place(self, number, kind, where, place=0):
        end = (number + 1) * PLACE.size
        if len(self.places) < end:
            self.places.extend(bytes(end - len(self.places)))
        PLACE.pack_into(self.places, number * PLACE.size, kind, where, place)

    def _write(self, content):
        self.output.write(content)
        self.size += len(content)


class PageTree:
    """The pages of a file, in nodes of some hundred each.

    :param file: the :class:`PdfFile`
    """

    def __init__(self, file):
        self.file, self.root = file, file.take_number()
        self.nodes, self.contents, self.count = [], [], 0

    def add(self, contents):
        """:param contents: numbers of the streams that a page shows"""
        self.contents.append(contents)
        self.count += 1
        if len(self.contents) == MOST_PAGES:
            self._close_node()

    def close(self, entries):
        """Write what is left.

        :param entries: what all pages have, such as their size
        """
        if self.contents:
            self._close_node()
        self.file.add(
            b"<</Type/Pages/Count %d/Kids[%s]%s>>"
            % (self.count, references(self.nodes), entries),
            self.root,
        )

    def _close_node(self):
        node = self.file.take_number()
        head = b"<</Type/Page/Parent %d 0 R/Contents[" % node
        pages = [
            self.file.add(b"%s%s]>>" % (head, references(one))) for one in self.contents
        ]
        kids = (self.root, len(pages), references(pages))
        self.file.add(b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % kids, node)
        self.nodes.append(node)
        self.contents.clear()


def references(numbers):
    return b" ".join(b"%d 0 R" % number for number in numbers)


def differences(table, width):
    """What changes from one row of a table to the next, as a PNG has it (filter 2)."""
    count = len(table) // width
    rows = bytearray(count * (width + 1))
    rows[:: width + 1] = b"\2" * count
    for column in range(width):
        values = table[column::width]
        pairs = zip(values, b"\0" + values[:-1], strict=True)
        changes = bytes((one - other) & 255 for one, other in pairs)
        rows[column + 1 :: width + 1] = changes
    return rows

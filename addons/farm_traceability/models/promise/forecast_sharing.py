from collections import defaultdict


class ForecastSharing:
    """The forecast's lines of one product, with free stock shared out by promise.

    Core shares out by date alone. Here, in the same order:

    1. a line that took stock which does not qualify for its customer is shortened
    2. what became free goes to the moves that core left with nothing
    3. what is still lacking comes from receipts that nobody uses
    4. the rest is not available, and the line says what does not qualify

    :param report: ``stock.forecasted_product_product``
    :param list lines: core's lines of the product
    :param dict left_out: :class:`LeftOut` by move, of the moves that ask for something
    :param place_ids: ids of the warehouse's locations
    :param bool read: whether the lines are for the browser
    """

    def __init__(self, report, product, lines, left_out, place_ids, read):
        self.report, self.product = report, product
        self.place_ids, self.read = place_ids, read
        self.lines, self.left_out = lines, left_out
        #: what all moves took of free stock, and what those took that ask for something
        self.taken = self.chosen = 0.0
        #: what core gave to moves whose customers do not take it
        self.freed = 0.0
        self.lacking = defaultdict(float)
        self.added = []

    def share(self):
        """The lines anew, in core's order."""
        taking = [line for line in self.lines if self._is_of_stock(line)]
        for line in taking:
            if line["replenishment_filled"]:
                self._shorten(line)
        for line in taking:
            if not line["replenishment_filled"]:
                self._give_freed(line)
        self._use_receipts()
        kept = [
            line
            for line in self.lines
            if line["move_out"] and line["replenishment_filled"]
            if not self._is_zero(line["quantity"])
        ]
        return [*kept, *self.added, *self._missing_lines(), *self._other_lines()]

    def _shorten(self, line):
        move = self.report._get_line_move(line)
        given = self._give(line["quantity"], move)
        lacking = line["quantity"] - given
        if not self._is_zero(lacking):
            line["quantity"] = given
            self.lacking[move] += lacking
            self.freed += lacking

    def _give_freed(self, line):
        move = self.report._get_line_move(line)
        given = self._give(min(line["quantity"], self.freed), move)
        self.freed -= given
        self.lacking[move] += line["quantity"] - given
        taken = [other for other in self.lines if self._is_taken_by(other, move)]
        if taken:
            taken[0]["quantity"] += given
        else:
            self._add(given, move_out=move)

    def _give(self, wanted, move):
        left_out = self.left_out.get(move)
        if left_out:
            left = min(left_out.qualifying - self.chosen, left_out.free - self.taken)
            wanted = min(wanted, max(left, 0))
        if left_out is not None:
            self.chosen += wanted
        self.taken += wanted
        return wanted

    def _use_receipts(self):
        for line in self.lines:
            if line["move_out"] or not line["move_in"]:
                continue
            receipt = self.report._get_line_move(line, "move_in")
            for move, lacking in self.lacking.items():
                used = min(lacking, line["quantity"])
                self._add(used, move_out=move, move_in=receipt)
                line["quantity"] -= used
                self.lacking[move] -= used

    def _add(self, quantity, **vals):
        if not self._is_zero(quantity):
            line = self.report._prepare_report_line(quantity, read=self.read, **vals)
            self.added.append(line)

    def _missing_lines(self):
        for move, quantity in self.lacking.items():
            if self._is_zero(quantity):
                continue
            line = self.report._prepare_report_line(
                quantity, move_out=move, replenishment_filled=False, read=self.read
            )
            left_out = self.left_out.get(move)
            yield line | {"not_qualifying": left_out.text() if left_out else ""}

    def _other_lines(self):
        """Stock on the way, free stock, receipts: what no move uses."""
        others = [line for line in self.lines if not line["move_out"]]
        free = [line for line in others if self._is_free(line)]
        return [
            *(line for line in others if line["in_transit"]),
            *(self._free_lines(free) if self.read else free),
            *(
                line
                for line in others
                if line["move_in"] and not self._is_zero(line["quantity"])
            ),
        ]

    def _free_lines(self, lines):
        """Free stock by removal date and in all, more by what became free."""
        if self._is_zero(self.freed):
            return lines
        taken = defaultdict(lambda: {"taken_from_stock": 0.0})
        for line in [*self.lines, *self.added]:
            move = self.report._get_line_move(line)
            if self._is_taken_by(line, move) and move not in self.left_out:
                taken[move]["taken_from_stock"] += line["quantity"]
        anew = self.report._free_stock_lines(
            self.product, self.freed, taken, self.place_ids, self.read
        )
        if lines:
            anew[-1]["quantity"] = lines[-1]["quantity"] + self.freed
        return self._without_chosen(anew)

    def _without_chosen(self, lines):
        """Those who ask for something took of what stays fresh the longest."""
        left = self.chosen
        for line in reversed(lines):
            if line.get("removal_date", -1) != -1:
                less = min(left, line["quantity"])
                line["quantity"] -= less
                left -= less
        return [line for line in lines[:-1] if not self._is_zero(line["quantity"])] + [
            lines[-1]
        ]

    def _is_of_stock(self, line):
        """A move's part that core takes from free stock, or for which there is none."""
        return self.report._is_of_stock(line)

    def _is_taken_by(self, line, move):
        return (
            self._is_of_stock(line)
            and line["replenishment_filled"]
            and self.report._get_line_move(line) == move
        )

    def _is_free(self, line):
        return not (line["move_in"] or line["in_transit"])

    def _is_zero(self, quantity):
        return self.product.uom_id.is_zero(quantity)

"""What the device carries comes down, page by page."""

from __future__ import annotations

from ..store import HashDiffers, Store
from . import wire
from .client import Client
from .errors import NotTheServer, Refused


class Pull:
    """Brings what the device carries of a region up to date."""

    def __init__(self, store: Store, client: Client) -> None:
        self._store = store
        self._client = client

    def region(self, scope: str = "") -> int:
        """Ask for what is new; go on where the last time stopped.

        :param scope: code of a region, "" for all of the device's
        :return: how many records came
        :raises Refused: ``region-too-large``: ask region by region
        :raises SyncError: what stopped it; what came before stands
        """
        try:
            return self._pages(scope)
        except Refused as refused:
            if refused.problem != "bad-token":
                raise
            self._store.intake.begin_again(scope)
        except HashDiffers:
            pass  # the place is at the beginning now
        try:
            return self._pages(scope)
        except HashDiffers as error:
            raise NotTheServer(f"The server contradicts itself: {error}") from None

    def _pages(self, scope: str) -> int:
        intake, count = self._store.intake, 0
        token = self._store.identities.needed().token
        while True:
            place = intake.place(scope)
            if place.token:
                asked = {"token": place.token}
            else:
                asked = {"region": scope} if scope else {}
                asked |= {"since": str(place.since)} if place.since else {}
            page = wire.read_page(self._client.get("snapshot", asked, token))
            if page.token is not None and page.token == place.token:
                raise NotTheServer("The snapshot does not go on")
            intake.take(scope, page)
            count += len(page.items)
            if page.token is None:
                return count

"""Where the page kit keeps saved filters: with the account."""

from collections.abc import Sequence

from hengliang.platform.core.pages.table.saved import SavedFilter as Kept
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import SavedFilter


class AccountFilters:
    """Saved filters of accounts, by table and name."""

    def list(self, actor: Actor, table: str) -> Sequence[Kept]:
        """The actor's saved filters of a table, by name."""
        rows = SavedFilter.objects.filter(account_id=actor.account_id or 0, table=table).order_by("name")
        return [Kept(str(row.pk), row.name, row.query) for row in rows]

    def save(self, actor: Actor, table: str, name: str, query: str) -> Kept:
        """Keep a filter; the same name again replaces it."""
        row, _ = SavedFilter.objects.update_or_create(
            account_id=actor.account_id or 0, table=table, name=name, defaults={"query": query}
        )
        return Kept(str(row.pk), row.name, row.query)

    def remove(self, actor: Actor, table: str, id: str) -> None:  # noqa: A002 - the word of the port
        """Forget a filter of this actor; unknown ids are no error."""
        if id.isdecimal():
            SavedFilter.objects.filter(account_id=actor.account_id or 0, table=table, pk=int(id)).delete()

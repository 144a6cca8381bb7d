"""A site from records, for checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sitegen.curate import curate
from sitegen.merge import merge
from sitegen.model.settings import Settings
from sitegen.relate import relate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.model.collection import Collection
    from sitegen.model.record import Record
    from sitegen.model.site import Site
    from sitegen.model.tag import Tag


@pytest.fixture
def site_of() -> Callable[..., Site]:
    """Everything between parse and check."""

    def site(
        records: Iterable[Record], collections: Iterable[Collection] = (), tags: Iterable[Tag] = ()
    ) -> Site:
        return relate(curate(Settings(title="T"), merge(records).value, collections, tags, ()).value)

    return site

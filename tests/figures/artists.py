"""Finding what a figure drew: artists carry a gid that names them."""

from __future__ import annotations

from matplotlib.artist import Artist


def named(parent, gid: str) -> list[Artist]:
    """The artists of this gid in a figure or its panel, in the order in which they were drawn."""
    return [artist for artist in parent.findobj(Artist) if artist.get_gid() == gid]


def starting(parent, start: str) -> list[Artist]:
    """The artists whose gid starts so."""
    return [artist for artist in parent.findobj(Artist) if (artist.get_gid() or "").startswith(start)]

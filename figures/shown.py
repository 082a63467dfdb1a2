"""A figure that a notebook shows by itself, though it never passed through pyplot."""

from __future__ import annotations

from matplotlib.figure import Figure


class ShownFigure(Figure):
    """A matplotlib figure with the picture that Jupyter asks an object for."""

    def _repr_png_(self) -> bytes:
        """The figure as it would be written to a file."""
        from figures.redraw import to_bytes

        return to_bytes(self, "png")

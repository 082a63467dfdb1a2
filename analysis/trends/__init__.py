"""Trends: shares of themes over time with intervals, their tests, and a simulator with known truth.

Read `estimation` first (the door, `estimate_trends`), then `periods` (the calendar), `panel` (articles to
issues), `shares` and `adjustment` (shares with intervals, raw and at a fixed mix of sources),
`quasibinomial`, `trend_tests`, `seasons`, `change_points` and `multiplicity` (what changed), and
`simulate`. Further questions to the same panel are in the room `methods`.
"""

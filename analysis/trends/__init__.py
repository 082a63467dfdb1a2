"""Trends: shares of themes over time with intervals, their tests, and a simulator with known truth.

Read `estimation` first (the door, `estimate_trends`), then `counting` (articles or stories, themes or
topics), `periods` (the calendar), `panel` (articles to issues), `misclassification` (errors of assignment
undone), `shares`, `adjustment` and `decomposition` (shares with intervals, at a fixed mix of sources, and
their changes split), `issues`, `quasibinomial` and `trend_tests` (what rose or fell), `seasons`, `rituals`,
`lunar`, `month_noise` and `season_tests` (what returns), `shocks` and `averaging` (season and shocks of
unknown size), `change_points` and `dated_steps` (what jumped), `multiplicity`, `topic_runs` (topics under
other seeds), `result_tables`, and `simulate` (with `confusion`). Further questions to the same panel are in
the room `methods`.
"""

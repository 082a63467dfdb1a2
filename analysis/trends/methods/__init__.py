"""Questions to a panel of issues beyond "is it rising?": one method a file, a table each.

All begin with `gather_issues` (the panel) and share the model of `clustered`, save the last two, which take
the table of articles. `sources`: do sources differ, in level or in trend? `nonlinear`: does the course bend?
`lead_lag`: who comes first? `bursts`: when was there more than its course lets expect? `emerging`: what is
new, growing, fading, steady? `events`: what did a dated event do? `drift` (with `word_odds`): do articles on
a theme say it in other words? `share_fitting` (with `formulas`, `logit` and `share_model`): a
model of one's own.
`docs/trend_methods.md` tells how each figure may be quoted, and the measured error rates.
"""

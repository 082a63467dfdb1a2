"""Newspaper pages made to order: articles and a layout in, page text and its truth out, for any seed.

Read in this order: `material` (the articles), `layout` (what can be switched on), `headlines`, `bodies` and
`furniture` (the parts of a page), `disorder` (what goes wrong between them), `sheets` (the whole page and
its truth), `documents` (the page as HTML, printed as PDF), `phenomena` (the layouts that are measured),
`scoring` (how a cut compares with the truth).
"""

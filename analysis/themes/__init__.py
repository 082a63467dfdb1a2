"""Themes, named by the researcher: a codebook, and how likely each article belongs to each of its themes.

Read `codebook` first (what a codebook holds; `codebook_format`, `codebook_errors` and `codebook_check`
read and check the file), then `seed_terms` and `evidence` (what speaks for a theme), `calibration`
(evidence to probability) and `assignment` (the door, `assign_themes`).
"""

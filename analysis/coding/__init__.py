"""A kit for human coders: a blind sample as a spreadsheet, and what the filled sheets say of the themes.

In the order of the work: `sampling` draws the articles, `intrusion` makes the word- and topic-intrusion
tasks, `workbook` writes the sheets and `filled` reads them back; `agreement` compares the coders with each
other, `theme_scores` the themes with the coders; `labels` turns codes into a coded sample for calibration.
"""

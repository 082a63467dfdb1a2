"""Files into texts and rows.

`files` finds them, `encoding` decodes them, `tables` and `row_readers` read ready-made articles. Everything
that can't be used is an error that names the file, or a row of the ledger.
"""

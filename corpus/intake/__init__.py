"""Files into texts and rows.

`files` finds them, also by patterns, in `archives` and at `addresses`, and `encoding` decodes them. `tables`,
`row_readers` and `parquet_rows` read ready-made articles, `partitions` what the folders of a data set say;
`web` reads pages saved from the web, with `markup` (what is visible, and on which line), `web_text` (the
article in it) and `web_facts` (headline, source, date). `name_patterns` reads file names, `corrections` a
study's own table of what is known better. Everything that can't be used is an error that names the file, or a
row of the ledger.
"""

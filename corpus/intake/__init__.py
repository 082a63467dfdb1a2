"""Files into texts and rows.

`files` finds them, also by patterns and in `archives`, and `encoding` decodes them. `tables` and
`row_readers` read ready-made articles; `web` reads pages saved from the web, with `markup` (what is visible,
and on which line), `web_text` (the article in it) and `web_facts` (headline, source, date). `name_patterns`
reads file names, `corrections` a study's own table of what is known better. Everything that can't be used is
an error that names the file, or a row of the ledger.
"""

// The tables that stand in the page already: sorted by their headings, filtered by theme, linked to the charts.
function sortable(table) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = make("button", { type: "button", class: "sorter" }, heading.textContent);
    button.addEventListener("click", () => sortBy(table, body, heading, column));
    heading.replaceChildren(button);
  });
}

function sortBy(table, body, heading, column) {
  const numeric = heading.classList.contains("n");
  const before = heading.getAttribute("aria-sort");
  const down = before ? before === "ascending" : numeric;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = (row) => {
    const value = row.cells[column].dataset.sort;
    return value === undefined ? null : numeric ? Number(value) : value;
  };
  const rows = [...body.rows].map((row) => [key(row), row]);
  rows.sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1)));
  body.append(...rows.map(([, row]) => row));
  announce(`${heading.textContent}: ${down ? W.sorted_down : W.sorted_up}`);
}

function linkRow(row) {
  const { theme, source, topic } = row.dataset;
  const cell = row.cells[0];
  const link = (act) => {
    const button = make("button", { type: "button", class: "link" }, ...cell.childNodes);
    button.addEventListener("click", act);
    cell.append(button);
  };
  if (topic !== undefined) link(() => searchFor({ topic }));
  else if (theme !== undefined && study.series[theme]) link(() => showTrend(theme, source));
}

function setUpTables() {
  for (const table of document.querySelectorAll("table.listing")) {
    sortable(table);
    for (const row of table.tBodies[0].rows) linkRow(row);
  }
  const select = $("findings-theme");
  options(select, [["", W.every_theme], ...study.themes.map((theme) => [theme.id, theme.name])]);
  select.addEventListener("change", () => {
    for (const row of document.querySelectorAll("#findings tr[data-theme]")) row.hidden = select.value !== "" && row.dataset.theme !== select.value;
  });
  $("findings-form").addEventListener("submit", (event) => event.preventDefault());
}

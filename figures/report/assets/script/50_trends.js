// The trend of one theme: sources on and off, raw and adjusted, and the articles behind each point.
const OK = 0;
const FEW = 1;
let lines_drawn = [];
let at = null;

const percent = (share) => {
  const value = share * 100;
  return value > 0 && value < 0.05 ? "<0.1%" : `${value.toFixed(value > 0 && value < 9.95 ? 1 : 0)}%`;
};

function periodName(place) {
  const [start, end] = study.periods[place];
  if (start === end) return start;
  if (start.endsWith("-01-01") && end.endsWith("-12-31") && start.slice(0, 4) === end.slice(0, 4)) return start.slice(0, 4);
  const month_end = new Date(Date.UTC(+end.slice(0, 4), +end.slice(5, 7), 0)).toISOString().slice(0, 10);
  if (start.endsWith("-01") && start.slice(0, 7) === end.slice(0, 7) && end === month_end) return start.slice(0, 7);
  return `${start} – ${end}`;
}

const middle = (place) => {
  const [start, end] = study.periods[place].map((day) => Date.parse(day));
  return new Date((start + end + 86400000) / 2).toISOString().slice(0, 16);
};

function chosenLines() {
  const theme = $("trend-theme").value;
  const own = study.series[theme] ?? {};
  const lines = [];
  for (const box of document.querySelectorAll("#trend-sources input:checked")) {
    const [source, place] = [box.value, Number(box.dataset.place)];
    const values = own[source];
    if (!values) continue;
    if ($("show-raw").checked || source !== "ALL") lines.push({ theme, source, place, values, kind: "share", name: sourceName(source) });
    if (source === "ALL" && $("show-adjusted").checked && values.adjusted) {
      lines.push({ theme, source, place, values, kind: "adjusted", name: `${sourceName(source)}, ${W.adjusted}` });
    }
  }
  return lines;
}

const keysOf = (kind) => (kind === "share" ? ["share", "low", "high"] : ["adjusted", "adjusted_low", "adjusted_high"]);
const lineColour = (line) => (line.source === "ALL" ? colour("ink") : hue(line.place - 1));

function describePoint(line, place) {
  const { values, kind } = line;
  const [share, low, high] = keysOf(kind).map((key) => values[key]?.[place] ?? null);
  const n = values.n?.[place] ?? 0;
  if (share === null || values.status[place] > FEW) return `${periodName(place)}, ${line.name}: ${W.none}`;
  const interval = low === null ? "" : ` (${percent(low)} – ${percent(high)})`;
  const few = values.status[place] === FEW ? `; ${W.few}` : "";
  return `${periodName(place)}, ${line.name}: ${percent(share)}${interval}, ${count(Math.round(n * 10) / 10)}${few}`;
}

function bandOf(line) {
  const [, low, high] = keysOf(line.kind).map((key) => line.values[key] ?? []);
  const [x, y] = [[], []];
  let run = [];
  const close = () => {
    if (run.length > 1) {
      const back = [...run].reverse();
      x.push(...run.map(middle), ...back.map(middle), null);
      y.push(...run.map((place) => high[place]), ...back.map((place) => low[place]), null);
    }
    run = [];
  };
  study.periods.forEach((_, place) => {
    if (line.values.status[place] === OK && low[place] != null) run.push(place);
    else close();
  });
  close();
  const fill = lineColour(line);
  return { x, y, type: "scatter", mode: "lines", fill: "toself", fillcolor: faint(fill, 0.15), line: { width: 0 }, hoverinfo: "skip" };
}

function tracesOf(line, index) {
  const [share, low, high] = keysOf(line.kind).map((key) => line.values[key] ?? []);
  const shade = lineColour(line);
  const all = study.periods.map((_, place) => place).filter((place) => share[place] != null);
  const sure = (place) => line.values.status[place] === OK;
  const every = study.periods.map((_, place) => place);
  const path = {
    x: every.map(middle), y: every.map((place) => (sure(place) ? share[place] : null)), type: "scatter", mode: "lines",
    line: { color: shade, width: line.source === "ALL" ? 2.4 : 1.7, dash: line.kind === "adjusted" ? "dash" : DASHES[line.place % DASHES.length] }, hoverinfo: "skip",
  };
  const lonely = all.filter((place) => !sure(place) || (!(sure(place - 1)) && !(sure(place + 1))));
  const whiskers = {
    x: lonely.flatMap((place) => [middle(place), middle(place), null]), y: lonely.flatMap((place) => [low[place], high[place], null]),
    type: "scatter", mode: "lines", line: { color: faint(shade.startsWith("#") ? shade : colour("soft"), 0.5), width: 1 }, hoverinfo: "skip",
  };
  const points = {
    x: all.map(middle), y: all.map((place) => share[place]), customdata: all, meta: index, type: "scatter", mode: "markers",
    marker: { size: 8, color: all.map((place) => (sure(place) ? shade : colour("paper"))), line: { width: 1.5, color: shade } },
    text: all.map((place) => plain(describePoint(line, place)).replace(/(: )/, "$1<br>")), hovertemplate: "%{text}<extra></extra>",
  };
  const drawn = [path, points];
  return $("show-interval").checked ? [bandOf(line), whiskers, ...drawn] : drawn;
}

function marksOf(theme, sources) {
  const shapes = [];
  const annotations = [];
  if (!$("show-marks").checked) return { shapes, annotations };
  const band = (x0, x1, fillcolor, y0, y1) => shapes.push({ type: "rect", xref: "x", yref: "paper", x0, x1, y0, y1, fillcolor, line: { width: 0 }, layer: "below" });
  const rule = (x, name, dash, level) => {
    shapes.push({ type: "line", xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: 1, line: { color: colour("edge"), width: 1.2, dash } });
    annotations.push({ x, xref: "x", y: 1 - level * 0.07, yref: "paper", yanchor: "top", xanchor: "left", text: plain(name), showarrow: false, font: { size: 11, color: colour("soft") }, bgcolor: colour("paper") });
  };
  const mine = (mark) => mark.theme === theme && sources.has(mark.source);
  study.marks.steps.filter(mine).forEach((step, k) => {
    band(step.low, step.high, faint(colour("soft"), 0.08), 0, 1);
    rule(step.date, `${fill(W.step, { date: step.date })}${step.source === "ALL" ? "" : `, ${sourceName(step.source)}`}`, "solid", k);
  });
  study.marks.bursts.filter(mine).forEach((burst) => {
    band(burst.start, burst.end, faint(hue(1), 0.5), 0, 0.02);
    annotations.push({ x: burst.start, xref: "x", y: 0.03, yref: "paper", yanchor: "bottom", xanchor: "left", text: plain(W.burst), showarrow: false, font: { size: 11, color: colour("soft") } });
  });
  study.marks.events.forEach((event, k) => rule(event.date, event.event, "dot", k));
  return { shapes, annotations };
}

async function drawTrend() {
  const theme = $("trend-theme").value;
  lines_drawn = chosenLines();
  $("trend-title").textContent = themeName(theme);
  const holder = $("trend-chart");
  holder.setAttribute("aria-label", fill(W.chart, { theme: themeName(theme), n: lines_drawn.length }));
  if ($("trend-data").open) tableOfTrend();
  if (typeof Plotly === "undefined") return;
  const sure = lines_drawn.flatMap(({ values, kind }) => (values[keysOf(kind)[$("show-interval").checked ? 2 : 0]] ?? []).filter((_, place) => values.status[place] === OK));
  const all = lines_drawn.flatMap(({ values, kind }) => values[keysOf(kind)[0]] ?? []);
  const top = Math.min(1.02, Math.max(0.01, ...sure, ...all.filter((share) => share !== null)) * 1.08);
  const { shapes, annotations } = marksOf(theme, new Set(lines_drawn.map((line) => line.source)));
  const layout = layoutOf({
    shapes, annotations, uirevision: theme,
    xaxis: axis({ type: "date", range: wholeTime(), showgrid: false, tickformatstops: dateTicks(), nticks: holder.clientWidth < 500 ? 5 : 10 }),
    yaxis: axis({ tickformat: ",.3~p", range: [0, top], rangemode: "tozero", fixedrange: true }),
    dragmode: "zoom",
  });
  const inside = await plot(holder, lines_drawn.flatMap(tracesOf), layout);
  if (!inside.dataset.ready) {
    inside.dataset.ready = "yes";
    inside.on("plotly_click", ({ points }) => {
      const [point] = points;
      if (point.customdata !== undefined) showBehind(lines_drawn[point.data.meta], point.customdata);
    });
  }
}

function wholeTime() {
  const [first, last] = [Date.parse(study.periods[0][0]), Date.parse(study.periods.at(-1)[1]) + 86400000];
  const margin = (last - first) * 0.01;
  return [first - margin, last + margin].map((moment) => new Date(moment).toISOString().slice(0, 16));
}

function dateTicks() {
  const day = study.lang === "zh" ? "%-m月%-d日\n%Y年" : "%-d %b\n%Y";
  const month = study.lang === "zh" ? "%-m月\n%Y年" : "%b\n%Y";
  const year = study.lang === "zh" ? "%Y年" : "%Y";
  return [
    { dtickrange: [null, 86400000 * 27], value: day }, { dtickrange: ["M1", "M11"], value: month }, { dtickrange: ["M12", null], value: year },
  ];
}

// Articles behind a point: those that count, of that source, that belong or may belong to the period.
function behind(line, place) {
  const rows = store.id.map((_, article) => article).filter((article) =>
    store.counted[article] && store.from[article] >= 0 && store.from[article] <= place && store.to[article] >= place
    && (line.source === "ALL" || (told(article, "source") ?? "unknown") === line.source));
  return rows.sort((a, b) => (chance(b, line.theme) ?? -1) - (chance(a, line.theme) ?? -1) || a - b);
}

function showBehind(line, place) {
  at = { index: lines_drawn.indexOf(line), place };
  const rows = behind(line, place);
  const said = fill(W.behind, { theme: themeName(line.theme), source: sourceName(line.source), period: periodName(place) });
  const total = Math.round(line.values.n?.[place] ?? 0);
  const notes = [fill(W.behind_note, { n: describePoint(line, place) }), fill(W.expected, { k: (line.values.k?.[place] ?? 0).toFixed(1) })];
  if (rows.length < total) notes.push(fill(W.behind_sample, { shown: number_format.format(rows.length), n: number_format.format(total) }));
  $("h-behind").textContent = said;
  $("behind-note").textContent = notes.join(study.lang === "zh" ? "" : " ");
  // Those that the theme hardly touches come last, and only when asked for.
  listArticles($("behind-list"), rows, { theme: line.theme, first: rows.filter((article) => (chance(article, line.theme) ?? 0) >= 1).length });
  announce(`${said}: ${count(rows.length)}`);
  $("h-behind").scrollIntoView({ block: "start" });
  $("h-behind").focus({ preventScroll: true });
}

// Arrow keys walk along the points; the point is said, shown, and opened with Enter.
function walk(event) {
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity] };
  if (event.key === "Enter" && at && lines_drawn[at.index]) {
    event.preventDefault();
    showBehind(lines_drawn[at.index], at.place);
    return;
  }
  const step = steps[event.key];
  if (!step || !lines_drawn.length || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  at = nextPoint(step);
  const text = describePoint(lines_drawn[at.index], at.place);
  $("trend-said").textContent = text;
  announce(text);
  hoverAt(at);
}

function nextPoint([down, right]) {
  const index = Math.min(Math.max((at?.index ?? 0) + down, 0), lines_drawn.length - 1);
  const { values, kind } = lines_drawn[index];
  const there = study.periods.map((_, place) => place).filter((place) => values[keysOf(kind)[0]]?.[place] != null);
  if (!there.length) return { index, place: at?.place ?? 0 };
  if (at === null) return { index, place: right < 0 ? there.at(-1) : there[0] };
  if (right === -Infinity) return { index, place: there[0] };
  if (right === Infinity) return { index, place: there.at(-1) };
  if (right > 0) return { index, place: there.find((place) => place > at.place) ?? there.at(-1) };
  if (right < 0) return { index, place: there.findLast((place) => place < at.place) ?? there[0] };
  return { index, place: there.reduce((near, place) => (Math.abs(place - at.place) < Math.abs(near - at.place) ? place : near)) };
}

function hoverAt({ index, place }) {
  const inside = $("trend-chart").querySelector(".plot");
  if (!inside) return;
  const curveNumber = inside.data.findIndex((trace) => trace.meta === index);
  if (curveNumber < 0) return;
  Plotly.Fx.hover(inside, [{ curveNumber, pointNumber: inside.data[curveNumber].customdata.indexOf(place) }]);
}

// The chart as a table; each number is a button to the articles behind it.
function tableOfTrend() {
  const head = make("tr", {}, make("th", { scope: "col" }, W.period), ...lines_drawn.map((line) => make("th", { scope: "col", class: "n" }, line.name)));
  const rows = study.periods.map((_, place) => {
    const cells = lines_drawn.map((line) => {
      const [share, low, high] = keysOf(line.kind).map((key) => line.values[key]?.[place] ?? null);
      if (share === null) return make("td", { class: "n" }, "–");
      const button = make("button", { type: "button", class: "link" }, `${percent(share)}${low === null ? "" : ` (${percent(low)} – ${percent(high)})`}`);
      button.addEventListener("click", () => showBehind(line, place));
      return make("td", { class: "n" }, button, ` n = ${Math.round((line.values.n?.[place] ?? 0) * 10) / 10}`);
    });
    return make("tr", {}, make("th", { scope: "row", class: "d" }, periodName(place)), ...cells);
  });
  const caption = make("caption", {}, themeName($("trend-theme").value));
  $("trend-table").replaceChildren(caption, make("thead", {}, head), make("tbody", {}, ...rows));
}

function sourceBox(source, place) {
  const box = make("input", { type: "checkbox", value: source.id, "data-place": place, checked: place === 0 });
  box.addEventListener("change", drawTrend);
  const swatch = document.createElementNS(SVG, "svg");
  swatch.setAttribute("class", "swatch");
  swatch.setAttribute("aria-hidden", "true");
  const stroke = document.createElementNS(SVG, "line");
  const dashes = { solid: "", dash: "7 4", dot: "2 3", dashdot: "7 3 2 3", longdash: "11 4", longdashdot: "11 3 2 3" };
  for (const [name, value] of Object.entries({ x1: 0, y1: 5, x2: 26, y2: 5, "stroke-width": 3, "stroke-dasharray": dashes[DASHES[place % DASHES.length]] })) stroke.setAttribute(name, value);
  stroke.dataset.place = place;
  swatch.append(stroke);
  return make("label", { lang: source.lang }, box, swatch, source.name);
}

function paintSwatches() {
  for (const stroke of document.querySelectorAll(".swatch line")) {
    const place = Number(stroke.dataset.place);
    stroke.setAttribute("stroke", place === 0 ? colour("ink") : hue(place - 1));
  }
}

function showTrend(theme, source) {
  const select = $("trend-theme");
  if (![...select.options].some((option) => option.value === theme)) return;
  select.value = theme;
  for (const box of document.querySelectorAll("#trend-sources input")) if (source && box.value === source) box.checked = true;
  drawTrend();
  $("h-trends").scrollIntoView();
  $("trend-chart").focus({ preventScroll: true });
  announce(fill(W.in_trend, { theme: themeName(theme) }));
}

function setUpTrends() {
  if (!$("trend-chart")) return;
  options($("trend-theme"), study.themes.filter((theme) => study.series[theme.id]).map((theme) => [theme.id, theme.name]));
  const sources = [{ id: "ALL", name: W.all_sources, lang: null }, ...study.sources];
  $("trend-sources").replaceChildren(...sources.map(sourceBox));
  $("trend-theme").addEventListener("change", drawTrend);
  for (const id of ["raw", "adjusted", "interval", "marks"]) $(`show-${id}`).addEventListener("change", drawTrend);
  $("trend-form").addEventListener("submit", (event) => event.preventDefault());
  $("trend-chart").addEventListener("keydown", walk);
  $("trend-data").addEventListener("toggle", () => $("trend-data").open && tableOfTrend());
  $("trend-reset").addEventListener("click", () => {
    const inside = $("trend-chart").querySelector(".plot");
    if (inside) Plotly.relayout(inside, { "xaxis.range": wholeTime() });
  });
}

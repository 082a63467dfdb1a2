// The map of articles: coloured, zoomable, and listed as far as it is in view.
const MAP_COLOURS = 12;
// The library draws points as SVG here (its faster way needs `eval`, which the policy forbids): so many at a time.
const MOST_DRAWN = 5000;

// Points of each colour: [name, articles], the largest groups first, the rest together.
function groupsOf(by, articles) {
  const name = {
    theme: (article) => themeName(told(article, "theme") ?? "unmapped"), source: (article) => sourceName(told(article, "source")),
    lang: (article) => told(article, "lang") ?? W.unknown, topic: (article) => topicName(store.topic[article]),
  }[by];
  const groups = new Map();
  for (const article of articles) {
    const key = name(article);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(article);
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length);
  if (sorted.length <= MAP_COLOURS + 1) return sorted;
  return [...sorted.slice(0, MAP_COLOURS), [W.other, sorted.slice(MAP_COLOURS).flatMap(([, rows]) => rows)]];
}

const SHAPES = ["circle", "square", "diamond", "cross", "x", "triangle-up", "triangle-down", "star"];
const hover = (article) => `${plain(store.title[article].slice(0, 70))}<br>${plain(sourceName(told(article, "source")))}, ${plain(dateOf(article))}<br>${plain(themeName(told(article, "theme") ?? "unmapped"))} ${chance(article, null) === null ? "" : hundredths(chance(article, null))}`;

function pointsTrace(articles, marker) {
  return {
    type: "scatter", mode: "markers", x: articles.map((article) => store.x[article]), y: articles.map((article) => store.y[article]),
    customdata: articles, text: articles.map(hover), hovertemplate: "%{text}<extra></extra>", marker: { size: articles.length > 4000 ? 4 : 6, ...marker },
  };
}

const onMap = () => store.id.map((_, article) => article).filter((article) => store.x[article] !== null);

function broughtOut(articles) {
  const only = $("map-only").value;
  if (only === "found") {
    const found = new Set(found_articles ?? []);
    return articles.filter((article) => found.has(article));
  }
  return only ? articles.filter((article) => (told(article, "theme") ?? "unmapped") === only) : articles;
}

// Where too many are in view, every k-th: the order of the articles is that of their dates, so all times stay.
function thinned(articles) {
  const [[left, right], [bottom, top]] = mapPlot() ? ranges() : [WHOLE.x, WHOLE.y];
  const [wide, high] = [(right - left) / 4, (top - bottom) / 4];
  const near = articles.length <= MOST_DRAWN ? articles : articles.filter((article) =>
    store.x[article] >= left - wide && store.x[article] <= right + wide && store.y[article] >= bottom - high && store.y[article] <= top + high);
  const step = Math.ceil(near.length / MOST_DRAWN);
  return step <= 1 ? near : near.filter((_, k) => k % step === 0);
}

function mapTraces() {
  const every = onMap();
  const all = thinned(every);
  const out = broughtOut(every).length === every.length ? all : thinned(broughtOut(every));
  $("map-said").textContent = all.length < every.length ? fill(W.thinned, { shown: number_format.format(all.length), n: number_format.format(every.length) }) : "";
  const by = $("map-colour").value;
  const chosen = new Set(out);
  const traces = out.length < all.length ? [{ ...pointsTrace(all.filter((article) => !chosen.has(article)), { color: faint(colour("soft"), 0.25), size: 3 }), hoverinfo: "skip", hovertemplate: null }] : [];
  if (by === "time") return { traces: [...traces, timeTrace(out)], legend: timeLegend(out) };
  const groups = groupsOf(by, out);
  const look = (k, name) => (name === W.other || name === study.unmapped ? colour("soft") : hue(k));
  return {
    traces: [...traces, ...groups.map(([name, rows], k) => pointsTrace(rows, { color: look(k, name), symbol: SHAPES[k % SHAPES.length], opacity: 0.8 }))],
    legend: groups.map(([name, rows], k) => [look(k, name), name, rows.length, SHAPES[k % SHAPES.length]]),
  };
}

const day = (article) => Date.parse(store.start[article] ?? store.date[article] ?? "");
const TIME_SCALE = () => (isDark() ? ["#4a5d9c", "#5fb7a5", "#f5e663"] : ["#30238a", "#1f8a8c", "#c79a00"]);

function timeTrace(articles) {
  const dated = articles.filter((article) => !Number.isNaN(day(article)));
  const scale = TIME_SCALE().map((shade, k) => [k / 2, shade]);
  return pointsTrace(dated, { color: dated.map(day), colorscale: scale, opacity: 0.85 });
}

function timeLegend(articles) {
  const dated = articles.filter((article) => !Number.isNaN(day(article))).sort((a, b) => day(a) - day(b));
  if (!dated.length) return [];
  const ends = [dated[0], dated[Math.floor(dated.length / 2)], dated.at(-1)];
  const middle_day = new Date((day(ends[0]) + day(ends[2])) / 2).toISOString().slice(0, 10);
  return [store.start[ends[0]], middle_day, store.start[ends[2]]].map((name, k) => [TIME_SCALE()[k], name, null, "circle"]);
}

// The library's shapes, for the legend.
const OUTLINES = {
  circle: "M5 .5A4.5 4.5 0 1 1 4.99 .5Z", square: "M1 1H9V9H1Z", diamond: "M5 0L10 5L5 10L0 5Z", cross: "M3.5 0H6.5V3.5H10V6.5H6.5V10H3.5V6.5H0V3.5H3.5Z",
  x: "M0 2L2 0L5 3L8 0L10 2L7 5L10 8L8 10L5 7L2 10L0 8L3 5Z", "triangle-up": "M5 0L10 9H0Z", "triangle-down": "M0 1H10L5 10Z",
  star: "M5 0L6.2 3.6H10L7 5.9L8.1 9.6L5 7.3L1.9 9.6L3 5.9L0 3.6H3.8Z",
};

function legendItem([shade, name, n, shape]) {
  const dot = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ class: "dot", "aria-hidden": "true", viewBox: "0 0 10 10" })) dot.setAttribute(key, value);
  for (const [key, value] of Object.entries({ d: OUTLINES[shape], fill: shade })) path.setAttribute(key, value);
  dot.append(path);
  return make("li", {}, dot, n === null ? name : `${name} (${number_format.format(n)})`);
}

async function drawMap() {
  const holder = $("map-chart");
  if (!holder || typeof Plotly === "undefined") return;
  const { traces, legend } = mapTraces();
  const bare = { visible: false };
  const layout = layoutOf({ xaxis: axis({ ...bare, range: WHOLE.x }), yaxis: axis({ ...bare, range: WHOLE.y, scaleanchor: "x" }), margin: { l: 0, r: 0, t: 0, b: 0 }, dragmode: "pan", uirevision: "map" });
  const inside = await plot(holder, traces, layout, { scrollZoom: true });
  $("map-legend").replaceChildren(...legend.map(legendItem));
  if (!inside.dataset.ready) {
    inside.dataset.ready = "yes";
    inside.on("plotly_click", ({ points }) => points[0].customdata !== undefined && openArticle(points[0].customdata));
    inside.on("plotly_relayout", () => {
      announce(fill(W.in_view, { n: count(inView().length) }));
      if (onMap().length > MOST_DRAWN) drawMap();
    });
  }
}

const WHOLE = { x: [-200, 10200], y: [-200, 10200] };
const mapPlot = () => $("map-chart").querySelector(".plot");
const ranges = () => [mapPlot()._fullLayout.xaxis.range, mapPlot()._fullLayout.yaxis.range].map(([low, high]) => [Math.min(low, high), Math.max(low, high)]);

function inView() {
  const [[left, right], [bottom, top]] = ranges();
  return broughtOut(onMap()).filter((article) => store.x[article] >= left && store.x[article] <= right && store.y[article] >= bottom && store.y[article] <= top);
}

function moveMap({ zoom = 1, across = 0, up = 0 }) {
  if (!mapPlot()) return;
  const [x, y] = ranges().map(([low, high], k) => {
    const half = ((high - low) / 2) * zoom;
    const centre = (low + high) / 2 + (k === 0 ? across : up) * (high - low);
    return [centre - half, centre + half];
  });
  Plotly.relayout(mapPlot(), { "xaxis.range": x, "yaxis.range": y });
}

function listView() {
  if (!mapPlot()) return;
  const rows = inView().sort((a, b) => (chance(b, null) ?? -1) - (chance(a, null) ?? -1) || a - b);
  const heading = $("h-view");
  heading.hidden = false;
  heading.textContent = fill(W.in_view, { n: count(rows.length) });
  listArticles($("view-list"), rows);
  announce(heading.textContent);
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}

function mapKeys(event) {
  const moves = {
    ArrowLeft: { across: -0.2 }, ArrowRight: { across: 0.2 }, ArrowUp: { up: 0.2 }, ArrowDown: { up: -0.2 },
    "+": { zoom: 0.6 }, "=": { zoom: 0.6 }, "-": { zoom: 1.6 },
  };
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") listView();
  else if (moves[event.key]) moveMap(moves[event.key]);
  else return;
  event.preventDefault();
}

function setUpMap() {
  const holder = $("map-chart");
  if (!holder) return;
  holder.setAttribute("aria-label", fill(W.map, { n: number_format.format(onMap().length) }));
  options($("map-only"), [["", W.map_all], ["found", W.map_found], ...study.themes.map((theme) => [theme.id, theme.name]), ["unmapped", study.unmapped]]);
  if (!Object.keys(study.topics).length) $("map-colour").querySelector("[value=topic]").remove();
  for (const id of ["colour", "only"]) $(`map-${id}`).addEventListener("change", drawMap);
  $("map-form").addEventListener("submit", (event) => event.preventDefault());
  $("map-closer").addEventListener("click", () => moveMap({ zoom: 0.6 }));
  $("map-wider").addEventListener("click", () => moveMap({ zoom: 1.6 }));
  $("map-whole").addEventListener("click", () => mapPlot() && Plotly.relayout(mapPlot(), { "xaxis.range": WHOLE.x, "yaxis.range": WHOLE.y }));
  $("map-list").addEventListener("click", listView);
  holder.addEventListener("keydown", mapKeys);
  document.addEventListener("found", () => $("map-only").value === "found" && drawMap());
}

// The map is drawn when it comes near the window: twenty thousand points need not be drawn to read the overview.
function drawMapWhenNear() {
  const holder = $("map-chart");
  if (!holder) return;
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    loadLibrary().then(drawMap);
  }, { rootMargin: "400px" });
  watcher.observe(holder);
}

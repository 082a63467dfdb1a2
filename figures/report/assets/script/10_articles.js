// The articles of the page: their columns, their texts, and how one of them is told in a line.
let study, W, store;
const text_elements = [...document.querySelectorAll(".data-text")];
const text_pieces = new Map();
const CHUNK = 400;

function textsOf(piece) {
  if (!text_pieces.has(piece)) text_pieces.set(piece, unpackElement(text_elements[piece]).then(JSON.parse));
  return text_pieces.get(piece);
}

async function textOf(article) {
  const texts = await textsOf(Math.floor(article / CHUNK));
  return texts[article % CHUNK];
}

// The value of a column whose values are kept once; null where it is missing.
function told(article, column) {
  const { of, values } = store.coded[column];
  return of[article] < 0 ? null : values[of[article]];
}

const number_format = new Intl.NumberFormat("en");
const count = (n) => fill(n === 1 ? W.article_1 : W.article_n, { n: number_format.format(n) });
const themeName = (id) => study.themes.find((theme) => theme.id === id)?.name ?? (id === "unmapped" ? study.unmapped : id);
const sourceName = (id) => (id === "ALL" ? W.all_sources : study.sources.find((source) => source.id === id)?.name ?? (id === null || id === "unknown" ? study.unknown_source : id));
const topicName = (topic) => (topic < 0 ? W.no_topic : `${topic} · ${study.topics[topic] ?? ""}`);
const hundredths = (p) => (p === 0 ? "< 0.01" : (p / 100).toFixed(2));

function dateOf(article) {
  const [start, end] = [store.start[article], store.end[article]];
  if (start === null && end === null) return W.no_date;
  return start === end || start === null || end === null ? store.date[article] ?? start ?? end : fill(W.between, { start, end });
}

function standing(article) {
  const file = told(article, "file");
  const lines = store.lines[article];
  const said = /^\d+$/.test(lines) ? W.line : W.lines;
  return [file, lines ? fill(said, { lines }) : null].filter(Boolean).join(", ");
}

// The theme's probability, or that of the article's own theme where none is asked for.
function chance(article, theme) {
  const own = theme ?? told(article, "theme");
  const place = study.themes.findIndex((candidate) => candidate.id === own);
  return place < 0 ? null : store.p[place][article];
}

// A list of articles that grows by pages of twenty, so that twenty thousand open as fast as ten.
const PAGE = 20;
function listArticles(list, articles, { theme = null, words = [], first = PAGE } = {}) {
  list.replaceChildren();
  let shown = 0;
  const grow = (focus) => {
    list.querySelector(".more")?.remove();
    const next = articles.slice(shown, shown + (shown ? PAGE : Math.max(1, Math.min(PAGE, first)))).map((article) => line(article, theme, words));
    list.append(...next);
    shown += next.length;
    if (shown < articles.length) {
      const left = Math.min(PAGE, articles.length - shown);
      const button = make("button", { type: "button" }, fill(W.more, { n: left }));
      button.addEventListener("click", () => grow(true));
      list.append(make("li", { class: "more" }, button));
    }
    if (focus) next[0]?.querySelector("button").focus();
  };
  grow(false);
}

function line(article, theme, words) {
  const p = chance(article, theme);
  const open = make("button", { type: "button", class: "open", lang: told(article, "lang") });
  open.append(...marked(store.title[article], words));
  open.addEventListener("click", () => openArticle(article, words));
  const facts = [sourceName(told(article, "source")), dateOf(article), told(article, "place"), standing(article)];
  if (!store.counted[article]) facts.push(W.not_counted);
  if (theme === null) facts.unshift(themeName(told(article, "theme") ?? "unmapped"));
  const meta = make("span", { class: "meta" }, ...facts.filter(Boolean).map((fact) => make("span", {}, fact)));
  const item = make("li", {}, make("span", { class: "p" }, p === null ? "–" : hundredths(p)), open, meta);
  if (words.length) snippet(article, words).then((found) => found && meta.after(found));
  return item;
}

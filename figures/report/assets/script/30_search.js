// Search: both sides folded alike (width, case, traditional to simplified), and the words marked where they stand.
let fold_pairs, traditional;

function setUpFolding([from, to]) {
  fold_pairs = new Map([...from].map((letter, place) => [letter, to[place]]));
  traditional = new RegExp(`[${from}]`, "gu");
}

function fold(text) {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");
  return plain.replace(traditional, (letter) => fold_pairs.get(letter));
}

// Words of a query: a phrase in quotation marks is one.
function wordsOf(query) {
  const found = [...query.matchAll(/["“”「]([^"“”」]+)["“”」]|(\S+)/g)];
  return found.map((match) => fold(match[1] ?? match[2]).trim()).filter(Boolean);
}

// Where words stand in a text, as pairs of places in the text as it is, not as it is folded.
function places(text, words) {
  let folded = "";
  const origin = [];
  let at = 0;
  for (const letter of text) {
    const plain = fold(letter);
    for (let k = 0; k < plain.length; k += 1) origin.push(at);
    folded += plain;
    at += letter.length;
  }
  origin.push(at);
  const found = [];
  for (const word of words) {
    for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length)) {
      const end = from + word.length;
      found.push([origin[from], origin[end] > origin[end - 1] ? origin[end] : origin[end] + 1]);
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.filter(([start], k) => k === 0 || start >= found[k - 1][1]);
}

function marked(text, words) {
  if (!words.length) return [text];
  const parts = [];
  let at = 0;
  for (const [start, end] of places(text, words)) {
    parts.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

// A stretch of the text around the first word found, where the title alone doesn't show it.
async function snippet(article, words) {
  const text = (await textOf(article)).replace(/\s+/g, " ");
  const [first] = places(text, words);
  if (!first) return null;
  const start = Math.max(0, first[0] - 40);
  const end = Math.min(text.length, first[1] + 80);
  const cut = (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  return make("span", { class: "snippet", lang: told(article, "lang") }, ...marked(cut, words));
}

// Folded titles and texts, one string an article, made at the first search and kept.
let folded_articles = null;
async function foldedArticles() {
  if (folded_articles) return folded_articles;
  const made = [];
  for (let piece = 0; piece < text_elements.length; piece += 1) {
    for (const text of await textsOf(piece)) made.push(fold(`${store.title[made.length]}\n${text}`));
    await new Promise((done) => setTimeout(done));
  }
  folded_articles = made;
  return made;
}

let found_articles = null;
let search_number = 0;

function filters() {
  const value = (id) => $(`search-${id}`).value;
  return {
    theme: value("theme"), source: value("source"), lang: value("lang"), kind: value("kind"), topic: value("topic"),
    from: value("from"), to: value("to"), least: Number(value("least")), sort: value("sort"), words: wordsOf(value("words")),
  };
}

// Everything but the words. A theme asks for its probability; "unmapped" for articles of no theme.
function passes(article, asked) {
  for (const column of ["source", "lang", "kind"]) if (asked[column] && (told(article, column) ?? "") !== asked[column].slice(1)) return false;
  if (asked.topic && String(store.topic[article]) !== asked.topic) return false;
  if (asked.from && (store.end[article] ?? "") < asked.from) return false;
  if (asked.to && (store.start[article] ?? "9999") > asked.to) return false;
  if (!asked.theme) return true;
  if (asked.theme === "unmapped") return (told(article, "theme") ?? "unmapped") === "unmapped";
  return (chance(article, asked.theme) ?? 0) >= asked.least;
}

function ordered(articles, asked) {
  const theme = asked.theme && asked.theme !== "unmapped" ? asked.theme : null;
  const p = (article) => chance(article, theme) ?? -1;
  const day = (article) => store.start[article] ?? "";
  const orders = {
    p: (a, b) => p(b) - p(a) || a - b,
    date: (a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a - b),
    new: (a, b) => (day(a) > day(b) ? -1 : day(a) < day(b) ? 1 : a - b),
  };
  return articles.sort(orders[asked.sort]);
}

async function search({ speak = true } = {}) {
  const mine = (search_number += 1);
  const asked = filters();
  const heading = $("h-found");
  let found = store.id.map((_, article) => article).filter((article) => passes(article, asked));
  if (asked.words.length) {
    heading.textContent = W.searching;
    const texts = await foldedArticles();
    if (mine !== search_number) return;
    found = found.filter((article) => asked.words.every((word) => texts[article].includes(word)));
  }
  found_articles = ordered(found, asked);
  heading.textContent = found.length ? fill(W.found, { n: count(found.length) }) : W.found_none;
  const theme = asked.theme && asked.theme !== "unmapped" ? asked.theme : null;
  listArticles($("found-list"), found_articles, { theme, words: asked.words });
  document.dispatchEvent(new CustomEvent("found"));
  if (speak) announce(heading.textContent);
}

function setUpSearch() {
  const any = ["", W.any];
  const coded = (column, name) => store.coded[column].values.map((value) => [`=${value}`, name(value), column === "source" ? study.sources.find((s) => s.id === value)?.lang : null]);
  options($("search-theme"), [any, ...study.themes.map((theme) => [theme.id, theme.name]), ["unmapped", study.unmapped]]);
  options($("search-source"), [any, ...coded("source", sourceName)]);
  options($("search-lang"), [any, ...coded("lang", (value) => value)]);
  options($("search-kind"), [any, ...coded("kind", (value) => W.kinds[value] ?? value)]);
  const topics = Object.keys(study.topics).map(Number).sort((a, b) => a - b);
  options($("search-topic"), [any, ...topics.map((topic) => [String(topic), topicName(topic)])]);
  for (const id of ["kind", "topic"]) $(`search-${id}`).closest(".field").hidden = $(`search-${id}`).options.length < 2;
  const form = $("search-form");
  const least = $("search-least");
  const sayLeast = () => {
    $("search-least-said").value = (least.value / 100).toFixed(2);
  };
  least.addEventListener("input", sayLeast);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("change", (event) => {
    if (event.target.id !== "search-words") search();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    sayLeast();
    search();
  }));
  search({ speak: false });
}

// Show the articles of a topic or theme in the search section, for links from the tables.
function searchFor(values) {
  $("search-form").reset();
  for (const [name, value] of Object.entries(values)) $(`search-${name}`).value = value;
  setTimeout(async () => {
    await search();
    $("h-found").scrollIntoView();
    $("h-found").focus({ preventScroll: true });
  });
}

// One article, whole, in a dialog: what is known of it, its text, and the probability of each theme.
const dialog = $("article");
$("article-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

async function openArticle(article, words = []) {
  const lang = told(article, "lang");
  const title = $("article-title");
  title.replaceChildren(...marked(store.title[article], words));
  title.lang = lang ?? "";
  $("article-facts").replaceChildren(...factsOf(article));
  $("article-text").replaceChildren(W.loading);
  $("article-themes-title").textContent = W.themes;
  $("article-themes").replaceChildren(...barsOf(article));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  title.focus();
  const text = await textOf(article);
  const body = $("article-text");
  body.lang = lang ?? "";
  body.replaceChildren(...marked(text, words));
  const rest = store.length[article] - [...text].length;
  if (rest > 0) body.append(make("p", { class: "cut", lang: document.documentElement.lang }, fill(W.cut, { n: number_format.format(rest) })));
}

function factsOf(article) {
  const basis = told(article, "basis");
  const dated = basis === null ? dateOf(article) : `${dateOf(article)} (${W.bases[basis] ?? basis})`;
  const kind = told(article, "kind");
  const reprint = store.reprint[article];
  const rows = [
    [W.source, sourceName(told(article, "source"))], [W.source_evidence, told(article, "source_evidence")],
    [W.basis, dated], [W.evidence, told(article, "date_evidence")],
    [W.place, told(article, "place")], [W.byline, told(article, "byline")], [W.lang, told(article, "lang")],
    [W.kind, kind === null ? null : (W.kinds[kind] ?? kind) + (store.counted[article] ? "" : `, ${W.not_counted}`)],
    [W.where, standing(article)], [W.topic, topicName(store.topic[article])],
    [W.reprint, reprint >= 0 ? articleLink(reprint) : store.reprint_of[article]], [W.id, store.id[article]],
  ];
  return rows.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
}

function articleLink(article) {
  const button = make("button", { type: "button", class: "link", lang: told(article, "lang") }, store.title[article]);
  button.addEventListener("click", () => openArticle(article));
  return button;
}

const SVG = "http://www.w3.org/2000/svg";
function bar(hundred) {
  const svg = document.createElementNS(SVG, "svg");
  const parts = [["track", 100], ["", hundred]];
  for (const [name, value] of Object.entries({ viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const [look, width] of parts) {
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ class: look, width, height: 10 })) rect.setAttribute(name, value);
    svg.append(rect);
  }
  return svg;
}

function barsOf(article) {
  const all = study.themes.map((theme, place) => [theme.name, store.p[place][article]]).sort((a, b) => b[1] - a[1]);
  const shown = all.filter(([, p]) => p >= 1);
  const rest = all.length - shown.length;
  const rows = shown.flatMap(([name, p]) => [make("dt", {}, name), make("dd", {}, bar(p), hundredths(p))]);
  return rest ? [...rows, make("dt", {}, `+ ${rest}`), make("dd", {}, W.below)] : rows;
}

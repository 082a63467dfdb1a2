// Start: the words and the articles first, then the tables and the lists, and the charts when the page stands.
function redraw() {
  paintSwatches();
  if ($("trend-chart")) drawTrend();
  if ($("map-chart")?.querySelector(".plot")) drawMap();
}

function setUpLook() {
  const select = $("look");
  select.closest(".look").hidden = false;
  select.addEventListener("change", () => {
    if (select.value) document.documentElement.dataset.look = select.value;
    else delete document.documentElement.dataset.look;
    redraw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

// Paper is light and narrow: charts are drawn anew for it, and short tables are opened.
const SHORT = 60;
function setUpPrinting() {
  const root = document.documentElement;
  let look, opened;
  addEventListener("beforeprint", () => {
    look = root.dataset.look;
    root.dataset.look = "light";
    opened = [...document.querySelectorAll("#findings details, #themes details")].filter((part) => !part.open && part.querySelectorAll("tbody tr").length <= SHORT);
    for (const part of opened) part.open = true;
    printing = true;
    redraw();
  });
  addEventListener("afterprint", () => {
    if (look === undefined) delete root.dataset.look;
    else root.dataset.look = look;
    for (const part of opened) part.open = false;
    printing = false;
    redraw();
  });
}

async function start() {
  study = JSON.parse(await unpackElement($("data-study")));
  store = JSON.parse(await unpackElement($("data-articles")));
  W = study.words;
  setUpFolding(study.fold);
  for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;
  setUpLook();
  setUpPrinting();
  setUpSearch();
  setUpTrends();
  setUpMap();
  setUpTables();
  paintSwatches();
  document.documentElement.dataset.state = "ready";
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  await loadLibrary();
  if ($("trend-chart")) await drawTrend();
  drawMapWhenNear();
  document.documentElement.dataset.state = "drawn";
}

start().catch((error) => {
  $("failed").hidden = false;
  throw error;
});

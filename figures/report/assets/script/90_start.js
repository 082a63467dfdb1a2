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
  addEventListener("beforeprint", redraw);
  addEventListener("afterprint", redraw);
}

async function start() {
  study = JSON.parse(await unpackElement($("data-study")));
  store = JSON.parse(await unpackElement($("data-articles")));
  W = study.words;
  setUpFolding(study.fold);
  for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;
  setUpLook();
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

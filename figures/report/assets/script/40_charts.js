// What both charts share: the library, loaded when the page already stands, and the look of the axes.
let library_ready;
let printing = false;
const PAPER = { width: 660, height: 340 };

function loadLibrary() {
  library_ready ??= unpackElement($("data-library")).then((code) => {
    const script = make("script");
    script.textContent = code;
    document.head.append(script);
  });
  return library_ready;
}

// The library reads a few tags in its labels; a title that holds one must show it.
const plain = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const CONFIG = { displayModeBar: false, responsive: true, showTips: false, doubleClick: "reset" };

function axis(more) {
  return {
    color: colour("soft"), gridcolor: colour("line"), linecolor: colour("edge"), zerolinecolor: colour("edge"),
    tickfont: { size: 12 }, fixedrange: false, ...more,
  };
}

function layoutOf(more) {
  return {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: "closest",
    font: { family: getComputedStyle(document.body).fontFamily, color: colour("ink"), size: 13 },
    hoverlabel: { bgcolor: colour("paper"), bordercolor: colour("edge"), font: { color: colour("ink"), size: 13 }, align: "left" },
    margin: { l: 52, r: 14, t: 14, b: 44 }, ...more,
  };
}

async function plot(holder, traces, layout, config = {}) {
  holder.querySelector(".wait")?.remove();
  let inside = holder.firstElementChild;
  if (!inside) {
    inside = make("div", { "aria-hidden": "true", class: "plot" });
    inside.style.height = "100%";
    holder.append(inside);
  }
  const size = printing ? { ...PAPER, autosize: false } : { autosize: true };
  await Plotly.react(inside, traces, { ...layout, ...size }, { ...CONFIG, ...config });
  return inside;
}

// The page's small tools: finding and making elements, saying things, unpacking data. Text always goes in as text.
const $ = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

function announce(text) {
  const live = $("live");
  live.textContent = live.textContent === text ? text + "\u00a0" : text;
}

function options(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, name, lang]) => make("option", { value, lang }, name)));
  if (chosen !== undefined) select.value = chosen;
}

async function unpack(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let place = 0; place < binary.length; place += 1) bytes[place] = binary.charCodeAt(place);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

async function unpackElement(element) {
  const text = await unpack(element.textContent);
  element.textContent = "";
  return text;
}

// A colour of the style sheet as it is now, light or dark.
const probe = make("span", { hidden: true });
document.body.append(probe);
function colour(name) {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

function isDark() {
  const chosen = document.documentElement.dataset.look;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

// Okabe and Ito's colours, lightened where the paper is dark; lines also differ by their dashes.
const LIGHT = ["#0072b2", "#d55e00", "#007a5a", "#a8528a", "#8a6d00", "#2f8fc4", "#5a3d99", "#7f3b08", "#3d7a1f", "#c2185b", "#00707a", "#5f6b76", "#b8860b"];
const DARK = ["#56b4e9", "#f28e4c", "#2fc79d", "#e39cc6", "#e6c84a", "#9fd3f5", "#b9a2ee", "#d39a6a", "#9bd07a", "#f48fb1", "#62d0d8", "#b5bec8", "#f0c060"];
const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
const hue = (place) => (isDark() ? DARK : LIGHT)[place % LIGHT.length];

function faint(hex, opacity) {
  const part = (from) => parseInt(hex.slice(from, from + 2), 16);
  return hex.startsWith("#") ? `rgba(${part(1)},${part(3)},${part(5)},${opacity})` : hex.replace("rgb(", "rgba(").replace(")", `,${opacity})`);
}

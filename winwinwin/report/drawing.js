// What the cards are drawn with. Words, figures and colours come from the page's data; text is only ever
// set as text, so that nothing in a record can act.
const {data, charts} = JSON.parse(document.getElementById("data").textContent);
const SOURCE = "rows";

const DIMENSIONS = data.dimensions.map(([dimension]) => dimension);
const SHOWN = new Map(data.dimensions); // an object would put a column called 2026 first

// A place among the values that are listed, or the name itself.
const nameOf = (dimension, place) => typeof place === "number" ? data.names[dimension][place] : place;
const byId = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString("en");
const sum = (values) => values.reduce((total, value) => total + value, 0);
const say = (id, words) => { byId(id).textContent = words; byId(id).hidden = words === ""; };

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const key = (colour) => element("i", {class: "key", "aria-hidden": "true", style: `background:${colour}`});

// A table with a caption, column headings and a heading for each row.
function fill(table, caption, columns, rows) {
  const heads = columns.map((column, index) => column
    ? element("th", {scope: "col", class: index ? "number" : ""}, column) : element("td"));
  const lines = rows.map(([first, ...cells]) => element("tr", {}, element("th", {scope: "row"}, first),
    ...cells.map((cell) => element("td", {class: "number"}, typeof cell === "number" ? number(cell) : cell))));
  table.replaceChildren(element("caption", {}, caption), element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...lines));
}

// The verdict counts of a row, whose last cell is its share of wins in words.
const countsOf = (cells) => cells.slice(0, data.verdicts.length);

// Rows for a stacked chart: one for each verdict of each name.
function stacked(what, rows) {
  return rows.flatMap(([name, ...cells]) => countsOf(cells).map((count, place, counts) => ({
    [what]: name, verdict: data.verdicts[place].label, count, place, share: count / (sum(counts) || 1),
  })));
}

const drawn = new Map();

// Draws a chart with so many lines, or of its own height; without rows its figure is hidden.
async function draw(id, spec, rows, lines = 0) {
  drawn.get(id)?.finalize();
  const place = byId(`chart-${id}`);
  place.closest("figure").hidden = rows.length === 0;
  if (rows.length === 0) return;
  const height = lines ? lines * spec.usermeta.step : spec.height;
  const {view, finalize} = await vegaEmbed(place, {...spec, height, datasets: {[SOURCE]: rows}},
    {actions: false, ast: true, renderer: "svg"});
  drawn.set(id, {view, finalize, height});
  place.querySelector("svg").setAttribute("aria-hidden", "true"); // its place has a label, and a table beside it
}

// On paper a chart is as wide as its column there, so that its words keep their size, and no higher than a page.
const PAPER = {half: 290, whole: 640, height: 640};

function resize(widthOf, most = Infinity) {
  for (const [id, {view, height}] of drawn) {
    const place = byId(`chart-${id}`);
    if (!place.closest("figure").hidden) view.width(widthOf(place)).height(Math.min(height, most)).run();
  }
}

// On paper the table of levers replaces their chart: it has their words in full.
const leverFigures = () => byId("table-levers").closest("details");

addEventListener("beforeprint", () => {
  leverFigures().open = true;
  resize((place) => place.closest(".half") ? PAPER.half : PAPER.whole, PAPER.height);
});
addEventListener("afterprint", () => {
  leverFigures().open = false;
  resize((place) => place.clientWidth);
});

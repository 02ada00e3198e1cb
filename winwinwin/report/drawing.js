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

// A button that shows its interactions in the list; the click is heard at the top of the report.
const driller = (what, value, ...children) => element("button",
  {type: "button", class: "drill", title: "Show these in the list", "data-drill": what, "data-value": JSON.stringify(value)}, ...children);

// Rows of a table that are shown before a button shows the others, and that the sheet about one group has room for.
const FIRST = 10, SHEET = 5;

// A table with a caption, column headings and a heading for each row; the row of its foot is always shown.
function fill(table, caption, columns, rows, foot) {
  const heads = columns.map((column, index) => column
    ? element("th", {scope: "col", role: "columnheader", class: index ? "number" : ""}, column) : element("td", {role: "cell"}));
  const line = ([first, ...cells]) => rowOf([element("th", {scope: "row", role: "rowheader"}, ...[first].flat()),
    ...cells.map((cell) => element("td", {role: "cell", class: "number"}, typeof cell === "number" ? number(cell) : cell))]);
  const lines = rows.map(line);
  const feet = foot ? [line(foot)] : [];
  if (lines.length > SHEET) feet.unshift(more(lines, columns.length));
  table.setAttribute("role", "table");
  table.replaceChildren(element("caption", {}, caption), partOf("thead", [rowOf(heads)]), partOf("tbody", lines), partOf("tfoot", feet));
}

// a phone shows each row as a card: the roles keep it a table for a screen reader
const rowOf = (cells) => element("tr", {role: "row"}, ...cells);
const partOf = (name, rows) => element(name, {role: "rowgroup"}, ...rows);

// Hides the rows after the first ones, behind a button in a row of its own, which on paper says how many more there are.
function more(lines, width) {
  const rest = lines.slice(FIRST);
  const button = element("button", {type: "button"}, `Show all ${number(lines.length)}`);
  const row = element("tr", {class: "more", role: "row"}, element("td", {role: "cell", colspan: width, "data-more": `and ${number(rest.length)} more`,
    "data-sheet": `and ${number(lines.length - SHEET)} more`}, button));
  row.classList.toggle("none", rest.length === 0);
  for (const line of rest) line.hidden = true;
  button.addEventListener("click", () => {
    for (const line of rest) line.hidden = false;
    row.classList.add("none");
    rest[0].tabIndex = -1;
    rest[0].focus();
  });
  return row;
}

// What a row of counts says, whatever it is about.
function read([name, ...cells]) {
  const counts = cells.splice(0, data.verdicts.length);
  const most = cells.splice(0, data.watched.length);
  const [words, interval] = cells;
  const [said, low, high = low] = data.intervals[interval];
  return {name, counts, total: sum(counts), most, words: data.words[words], interval: said, low, high};
}

const drawn = new Map();

// Draws a chart with so many lines, or of its own height; without rows its figure is hidden.
async function draw(id, spec, rows, {lines = 0, sets = {}, clicked, after} = {}) {
  drawn.get(id)?.finalize();
  drawn.delete(id);
  const place = byId(`chart-${id}`);
  place.closest("figure").hidden = rows.length === 0;
  if (rows.length === 0) return;
  const height = lines ? lines * spec.usermeta.step : spec.height;
  const {view, finalize} = await vegaEmbed(place, {...spec, height, datasets: {[SOURCE]: rows, ...sets}},
    {actions: false, ast: true, renderer: "svg"});
  drawn.set(id, {view, finalize, height, after});
  after?.(view);
  if (clicked) view.addEventListener("click", (event, item) => { if (item?.datum) clicked(item.datum); });
  place.querySelector("svg").setAttribute("aria-hidden", "true"); // its place has a label, and a table beside it
}

// On paper a chart is about as wide as its column there, so that its words keep their size, and so high that two or
// three cards fit on a page; what is about one group should fit on two.
const PAPER = {".sheet #trend": 340, ".half": 340, ".third": 310, ".beside": 270, whole: 680, height: 240, sheet: 80};

function resize(widthOf, most = Infinity) {
  for (const [id, {view, height, after}] of drawn) {
    const place = byId(`chart-${id}`);
    if (place.closest("figure").hidden) continue;
    view.width(widthOf(place)).height(Math.min(height, most)).run();
    after?.(view);
  }
}

addEventListener("beforeprint", () => {
  resize((place) => PAPER[Object.keys(PAPER).find((part) => part[0] === "." && place.closest(part)) ?? "whole"],
    PAPER[document.documentElement.classList.contains("sheet") ? "sheet" : "height"]);
});
addEventListener("afterprint", () => resize((place) => place.clientWidth));

// Names of lines at their end, and beside dots as far as there is room for them: none covers a dot or another name.
const LETTER = 7.5, HEIGHT = 16, GAP = 9;
const SIDES = [["left", 1, 0], ["right", -1, 0], ["center", 0, -1], ["center", 0, 1]];
const ABOVE = [["right", 0, -0.5], ["right", 0, 0.5]];
const START = {left: 0, right: 1, center: 0.5};

function label(view, dots, names, lines) {
  const [x, y] = [view.scale("x"), view.scale("y")];
  const at = ({size, share}) => [x(size), y(share)];
  const taken = dots.map(at).map(([left, top]) => [left - 5, top - 5, left + 5, top + 5]);
  const isFree = ([left, top, right, bottom]) => left >= 0 && right <= view.width() && top >= 0 && bottom <= view.height()
    && !taken.some((other) => left < other[2] && right > other[0] && top < other[3] && bottom > other[1]);
  const placed = (sides) => (row) => {
    const [left, top] = at(row), width = row.group.length * LETTER;
    for (const [align, right, down] of sides) {
      const [dx, dy] = [right * GAP, down * (GAP + 5)];
      const from = left + dx - START[align] * width;
      const box = [from, top + dy - HEIGHT / 2, from + width, top + dy + HEIGHT / 2];
      if (!isFree(box)) continue;
      taken.push(box);
      return [{size: row.size, share: row.share, group: row.group, align, dx, dy}]; // a copy would keep Vega's number of the row
    }
    return [];
  };
  const found = [...names.flatMap(placed(SIDES)), ...lines.flatMap(placed(ABOVE))];
  const none = {size: lines[0].size, share: lines[0].share, group: "", align: "left", dx: 0, dy: 0};
  view.data("labels", found.length ? found : [none]).run(); // of no data at all a scale has no ends
}

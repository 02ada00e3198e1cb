// Draws the slice of the data that is picked. Words, figures and colours come from the page's data; text
// is only ever set as text, so that nothing in a record can act.
const {data, charts} = JSON.parse(document.getElementById("data").textContent);
const SOURCE = "rows";

const DIMENSIONS = Object.keys(data.names);

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

function headline(slice) {
  say("share", slice.headline.share);
  say("wins", slice.headline.wins);
  say("losses-said", slice.headline.losses);
  say("lever", slice.headline.lever);
  byId("strip").replaceChildren(...data.verdicts.flatMap(({fill}, place) => slice.verdicts[place]
    ? [element("i", {style: `flex:${slice.verdicts[place]};background:${fill}`})] : []));
  byId("verdicts").replaceChildren(...data.verdicts.map(({id, label, sentence, fill}, place) => element("li",
    {title: sentence, "data-verdict": id}, element("b", {}, number(slice.verdicts[place])),
    element("small", {}, slice.shares[place]), element("span", {}, key(fill), label))));
}

function matrix(slice) {
  const cell = ([count, share, words, fill]) => words
    ? element("td", {style: `--tint:color-mix(in srgb, ${fill} 25%, var(--card))`}, element("b", {}, count),
      element("span", {}, share), element("span", {class: "ruled"}, words))
    : element("td", {}, element("b", {class: "none"}, count));
  const rows = data.outcomes.map((outcome, row) => element("tr", {},
    element("th", {scope: "row"}, `Salesperson ${outcome}`), ...slice.matrix.slice(3 * row, 3 * row + 3).map(cell)));
  byId("matrix").replaceChildren(
    element("caption", {class: "unseen"}, "Interactions by what the salesperson and the customer experienced"),
    element("thead", {}, element("tr", {}, element("td", {class: "corner", rowspan: 2}),
      element("th", {scope: "colgroup", colspan: 3}, "Customer")),
    element("tr", {}, ...data.outcomes.map((outcome) => element("th", {scope: "col"}, outcome)))),
    element("tbody", {}, ...rows));
}

function levers(slice) {
  const {rows, more} = slice.levers;
  byId("no-levers").hidden = rows.length > 0;
  say("more-levers", more);
  fill(byId("table-levers"), "How many would be WIN/WIN/WIN", ["if", "would fix"],
    rows.map(([words, turned]) => [data.words[words], turned]));
  return draw("levers", charts.levers, rows.map(([words, turned]) =>
    ({words: data.words[words], label: `if ${data.words[words]}`, turned})), rows.length);
}

// A card for each dimension, made once.
function groupCards() {
  for (const [index, dimension] of DIMENSIONS.entries()) {
    const caption = `Verdicts by ${dimension}`;
    byId("groups").append(element("section", {class: DIMENSIONS.length === 1 ? "card" : "card half", "aria-labelledby": `h-group-${index}`},
      element("h2", {id: `h-group-${index}`}, caption),
      element("p", {}, "Share of each verdict; number of interactions in brackets."),
      element("figure", {}, element("ul", {class: "legend", "data-legend": "verdicts"}),
        element("div", {class: "chart", id: `chart-group-${index}`, role: "img", "aria-label": caption}),
        element("details", {}, element("summary", {}, `${caption}: figures`),
          element("div", {class: "wide", tabindex: "0", role: "region", "aria-label": `${caption}: figures`}, element("table", {id: `table-group-${index}`}))))));
  }
}

function groups(slice) {
  return DIMENSIONS.map((dimension, index) => {
    const rows = slice.groups[dimension].map(([place, ...counts]) => [nameOf(dimension, place), ...counts]);
    fill(byId(`table-group-${index}`), `Interactions by ${dimension} and verdict`,
      [dimension, ...data.verdicts.map(({label}) => label), "win share"], rows);
    return draw(`group-${index}`, charts.groups,
      stacked("group", rows.map(([name, ...counts]) => [`${name} (${number(sum(countsOf(counts)))})`, ...counts])), rows.length);
  });
}

function trend(slice) {
  const {period, rows, undated, earlier} = slice.trend;
  const leftOut = (count, what) => count ? ` ${number(count)} ${what} ${count === 1 ? "is" : "are"} left out.` : "";
  const left = leftOut(undated, "without a date") + (rows.length ? leftOut(earlier, `before ${rows[0][0]}`) : "");
  say("trend-said", rows.length ? `Interactions by ${period} and verdict.${left}` : "No interaction has a date.");
  byId("trend-said").className = rows.length ? "" : "empty";
  fill(byId("table-trend"), `Interactions by ${period} and verdict`, [period, ...data.verdicts.map(({label}) => label), "win share"], rows);
  return draw("trend", charts.trend, stacked("period", rows));
}

function books(slice) {
  const test = slice.books;
  say("books-said", test ? test.said : "Nothing to compare: record the organization’s outcome from the books.");
  byId("books-said").className = test ? "said" : "empty";
  byId("books-cells").hidden = !test;
  if (!test) return draw("books", charts.books, []);
  const [bothWon, missed, hidden, bothLost] = test.cells;
  fill(byId("books"), "Interactions by what rules and books say", ["", "booked won", "booked lost"],
    [["ruled won", bothWon, missed], ["ruled lost", hidden, bothLost]]);
  fill(byId("table-books"), "Agreement", ["agree", "at least", "at most"], [[test.share, test.low, test.high].map((part) => `${(100 * part).toFixed(1)}%`)]);
  return draw("books", charts.books, [test]);
}

function gaps(slice) {
  const spread = slice.gaps;
  say("gaps-said", spread ? spread.said : "No interaction has both times: record when the salesperson and the customer won.");
  byId("gaps-said").className = spread ? "said" : "empty";
  const rows = spread ? data.gaps.map((gap, index) => ({gap, count: spread.bins[index]})) : [];
  fill(byId("table-gaps"), "Interactions by the time between the two wins", ["gap", "interactions"], rows.map(({gap, count}) => [gap, count]));
  return draw("gaps", charts.gaps, rows, rows.length);
}

function quality(slice) {
  fill(byId("table-quality"), "Interactions by fact", ["fact", ...data.origins.map(({label}) => label)],
    data.facts.map((fact, index) => [fact, ...slice.quality[index]]));
  return draw("quality", charts.quality, data.facts.flatMap((fact, index) =>
    data.origins.map(({label: origin}, place) => ({fact, origin, place, count: slice.quality[index][place]}))), data.facts.length);
}

function legends() {
  for (const list of document.querySelectorAll("[data-legend]")) {
    list.replaceChildren(...data[list.dataset.legend].map(({label, fill}) => element("li", {}, key(fill), label)));
  }
}

// Hidden losses: a row is name, date, triple, reason and its groups, in the order of the dimensions.
const GROUPS = 4;
const LONG = 24; // characters from which on a cell is wrapped
let sorting = {column: 0, up: true};

const cellsOf = ([name, date, triple, reason, groupsOf]) => [name, date,
  ...DIMENSIONS.map((dimension, index) => nameOf(dimension, groupsOf[index])), data.words[triple], data.words[reason]];

function losses(slice, place) {
  const total = slice.hidden;
  const wanted = byId("search").value.trim().toLowerCase();
  const inSlice = data.hidden.filter((row) => place === null || row[GROUPS][place[0]] === place[1]);
  const found = inSlice.map(cellsOf).filter((cells) => cells.some((cell) => cell.toLowerCase().includes(wanted)));
  const {column, up} = sorting;
  found.sort((one, other) => (up ? 1 : -1) * one[column].localeCompare(other[column], "en", {numeric: true}));
  const left = total - inSlice.length;
  say("found", `${number(found.length)} of ${number(total)} shown.` + (left ? ` The page has no room for ${number(left)} of them; batch -o verdicts.csv lists them all.` : ""));
  say("no-losses", total ? "" : "None: nothing booked as won is ruled lost.");
  byId("tools").hidden = byId("losses-box").hidden = total === 0;
  const columns = ["interaction", "date", ...DIMENSIONS, "triple", "why, and what would have helped"];
  const heads = columns.map((name, index) => {
    const button = element("button", {type: "button"}, name);
    button.addEventListener("click", () => {
      sorting = {column: index, up: sorting.column === index ? !sorting.up : true};
      losses(slice, place);
      byId("losses").querySelectorAll("th button")[index].focus();
    });
    const sorted = index === column ? {"aria-sort": up ? "ascending" : "descending"} : {};
    return element("th", {scope: "col", role: "columnheader", ...sorted}, button);
  });
  // a phone shows each row as a card: the roles keep it a table for a screen reader
  const row = (cells) => element("tr", {role: "row"}, ...cells);
  const cellOf = (cell, index) => element("td", {role: "cell", "data-label": columns[index],
    class: cell.length > LONG ? "long" : ""}, cell);
  byId("losses").replaceChildren(element("caption", {}, "Booked as won, ruled lost. Sort by clicking a heading."),
    element("thead", {role: "rowgroup"}, row(heads)),
    element("tbody", {role: "rowgroup"}, ...found.map((cells) => row(cells.map(cellOf)))));
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

async function show(index, place, name) {
  const slice = data.slices[index];
  say("status", name ? `Everything below is about ${name}: ${number(slice.total)} of ${number(data.slices[0].total)} interactions.` : "");
  headline(slice);
  byId("cards").hidden = byId("share").parentElement.hidden = byId("strip").hidden = byId("verdicts").hidden = slice.total === 0;
  matrix(slice);
  losses(slice, place);
  byId("search").oninput = () => losses(slice, place);
  await Promise.all([levers(slice), ...groups(slice), trend(slice), books(slice), gaps(slice), quality(slice)]);
  document.documentElement.dataset.shown = index;
}

function filter() {
  const select = byId("slice");
  const picks = [[0, null, ""]];
  select.append(element("option", {value: 0}, "everything"));
  data.filters.forEach(({dimension, first}) => {
    const index = DIMENSIONS.indexOf(dimension);
    select.append(element("optgroup", {label: `by ${dimension}`}, ...data.names[dimension].map((name, place) => {
      picks.push([first + place, [index, place], name]);
      return element("option", {value: picks.length - 1}, name);
    })));
  });
  byId("filter").hidden = data.filters.length === 0;
  select.addEventListener("change", () => show(...picks[select.value]));
}

const periods = data.slices[0].trend.rows;
if (periods.length) byId("dates").textContent = ` · ${[...new Set([periods[0][0], periods[periods.length - 1][0]])].join(" to ")}`;
say("failures", data.failures);
say("quality-failures", data.failures);
byId("report").hidden = false;
filter();
groupCards();
legends();
await show(0, null, "");

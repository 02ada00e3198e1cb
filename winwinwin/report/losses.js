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
  const columns = ["interaction", "date", ...SHOWN.values(), "triple", "why, and what would have helped"];
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

// Shows the interactions of a cell, a verdict, a lever, a group or a period in the list.
function drill(what, value) {
  byId("h-hidden").scrollIntoView();
}

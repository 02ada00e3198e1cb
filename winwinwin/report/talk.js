// The calls to talk about. A row is name, day, period, notes, kind and its groups, in the order of the dimensions.
const [NAME, DAY, PERIOD, NOTES, KIND, GROUPS] = [0, 1, 2, 3, 4, 5];
// A kind is verdict, triple, reason, whether it is a hidden loss, its cell of the matrix, and its levers.
const [VERDICT, TRIPLE, REASON, HIDDEN, CELL, LEVERS] = [0, 1, 2, 3, 4, 5];
const CALLS = data.talk.rows;
const kindOf = (row) => data.talk.kinds[row[KIND]];

// What is shown: the slice and its place, what was drilled into, the column that is sorted by (none: the
// worst first), whether all rows are shown, and whether on paper, which has no button for more.
const listing = {slice: null, place: null, drilled: null, column: null, up: true, isWhole: false, isPrinted: false};

const CHOICES = [["", "all calls to talk about", () => true], ["hidden", "hidden losses: booked as won, ruled lost", (row) => kindOf(row)[HIDDEN]],
  ...data.verdicts.flatMap(({id, label}, verdict) => CALLS.some((row) => kindOf(row)[VERDICT] === verdict)
    ? [[id, label, (row) => kindOf(row)[VERDICT] === verdict]] : [])];

const totalOf = (row) => row ? read(row).total : 0;

// What can be drilled into: whether a row belongs to a value, the words for it, and how many the slice has of it.
const DRILLS = {
  cell: [(row, cell) => kindOf(row)[CELL] === cell, (cell) =>
    `customer ${data.outcomes[cell % 3]} × salesperson ${data.outcomes[Math.floor(cell / 3)]}`,
  (slice, cell) => Number(slice.matrix[cell][0].replaceAll(",", ""))],
  verdict: [(row, id) => data.verdicts[kindOf(row)[VERDICT]].id === id, (id) => data.verdicts.find((one) => one.id === id).label,
    (slice, id) => slice.verdicts[data.verdicts.findIndex((one) => one.id === id)]],
  lever: [(row, words) => kindOf(row)[LEVERS].includes(words), (words) => `would be WIN/WIN/WIN if ${data.words[words]}`,
    (slice, words) => slice.levers.rows.find(([lever]) => lever === words)?.[1] ?? 0],
  group: [(row, [index, place]) => row[GROUPS][index] === place, ([index, place]) =>
    `${SHOWN.get(DIMENSIONS[index])} ${nameOf(DIMENSIONS[index], place)}`,
  (slice, [index, place]) => totalOf(slice.groups[DIMENSIONS[index]].rows.find(([group]) => group === place))],
  period: [(row, period) => row[PERIOD] === period, (period) => period,
    (slice, period) => totalOf(slice.trend.rows.find(([number]) => data.periods[number][0] === period))],
};

// Says what was drilled into, how many of it are listed, and why the others are not.
function drilledWords({what, value, words}, listed, isWhole) {
  const total = Math.max(DRILLS[what][2](listing.slice, value), listed);
  if (total === listed) return `Showing: ${words} (${number(total)})`;
  const isWin = what !== "lever" && !(what === "verdict" && value !== WIN);
  const reasons = [...isWin ? ["WIN/WIN/WIN"] : [], ...isWhole ? [] : ["more than the page has room for"]];
  const others = number(total - listed);
  return `Showing: ${words} (${number(listed)} of ${number(total)}; the other ${others} ${others === "1" ? "is" : "are"} ${reasons.join(", or ")})`;
}

// Shows the calls of a cell of the matrix (0 to 8), a verdict (its id), a lever (the number of its words), a group
// ([index of its dimension, its place]) or a period (its name).
function drill(what, value) {
  const [belongs, words] = DRILLS[what];
  Object.assign(listing, {drilled: {what, value, belongs: (row) => belongs(row, value), words: words(value)}, isWhole: false});
  byId("search").value = byId("talk-of").value = "";
  list();
  byId("h-talk").scrollIntoView({block: "start"});
  byId("drilled").focus({preventScroll: true});
}

function undrill() {
  listing.drilled = null;
  list();
  byId("search").focus();
}

function talk(slice, place) {
  // what is shown of one group is not of another
  const drilled = listing.drilled?.what === "group" ? null : listing.drilled;
  Object.assign(listing, {slice, place, drilled, isWhole: false});
  say("ask", slice.ask ? `Ask next: ${slice.ask}.` : "");
  list();
}

const COLUMNS = ["interaction", "date", ...SHOWN.values(), "verdict",
  ...(CALLS.some((row) => row[NOTES]) ? ["notes"] : []), "why, and what would have helped"];
const SHORT = COLUMNS.indexOf("verdict"); // up to here columns are short; the wordy ones have a line each

const cellsOf = (row) => {
  const [verdict, triple, reason, hidden] = kindOf(row);
  const said = `${triple}, ${data.verdicts[verdict].label}${hidden ? ", booked as won" : ""}`;
  return [row[NAME], row[DAY], ...DIMENSIONS.map((dimension, index) => nameOf(dimension, row[GROUPS][index])), said,
    ...(COLUMNS.includes("notes") ? [row[NOTES]] : []), data.words[reason]];
};

// A text as it is searched: in small letters, without accents.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

// The rows of the slice and of what was drilled into, those of them that are wanted, in their order.
function wantedCalls() {
  const {place, drilled, column, up} = listing;
  const among = CALLS.filter((row) => place === null || row[GROUPS][place[0]] === place[1]);
  const within = drilled ? among.filter(drilled.belongs) : among;
  const [, , chosen] = CHOICES.find(([id]) => id === byId("talk-of").value);
  const words = folded(byId("search").value).split(/\s+/);
  const found = within.filter(chosen).map(cellsOf).filter((cells) => {
    const texts = cells.map(folded);
    return words.every((word) => texts.some((text) => text.includes(word)));
  });
  if (column !== null) found.sort((one, other) => (up ? 1 : -1) * one[column].localeCompare(other[column], "en", {numeric: true}));
  return {among, within, found};
}

function list() {
  const {among, within, found} = wantedCalls();
  const {slice, drilled, isWhole, isPrinted} = listing;
  const shown = isWhole || isPrinted ? found : found.slice(0, FIRST);
  const left = slice.talk - among.length;
  say("found", `${number(shown.length)} of ${number(found.length < within.length ? found.length : drilled ? within.length : slice.talk)} shown.`
    + (left ? ` The page has no room for ${number(left)} of the calls: --talk calls.csv writes them all.` : ""));
  say("drilled-words", drilled ? drilledWords(drilled, within.length, left === 0) : "");
  byId("drilled").hidden = !drilled;
  say("no-calls", slice.talk ? (found.length ? "" : "None of the calls is like this.") : "None: every interaction is WIN/WIN/WIN.");
  byId("tools").hidden = byId("talk-box").hidden = slice.talk === 0;
  byId("all-calls").hidden = shown.length === found.length;
  byId("all-calls").textContent = `Show all ${number(found.length)}`;
  byId("talk").replaceChildren(element("caption", {}, listing.column === null ? "The worst first, until you sort by clicking a heading." : `By ${COLUMNS[listing.column]}; a heading that is clicked a third time puts the worst first again.`),
    partOf("thead", [rowOf(COLUMNS.map(headOf))]), partOf("tbody", shown.map((cells) => rowOf(cells.map(cellOf)))));
}

const look = (index) => index <= SHORT ? "" : "wordy";
const cellOf = (cell, index) => element("td", {role: "cell", "data-label": COLUMNS[index], class: look(index)}, cell);

function headOf(name, index) {
  const {column, up} = listing;
  const button = element("button", {type: "button"}, name);
  button.addEventListener("click", () => {
    Object.assign(listing, column !== index ? {column: index, up: true} : up ? {up: false} : {column: null, up: true});
    list();
    byId("talk").querySelectorAll("th button")[index].focus();
  });
  const sorted = index === column ? {"aria-sort": up ? "ascending" : "descending"} : {};
  return element("th", {scope: "col", role: "columnheader", class: look(index), ...sorted}, button);
}

byId("talk").style.setProperty("--short", SHORT);
byId("talk-of").append(...CHOICES.map(([id, words]) => element("option", {value: id}, words)));
for (const id of ["search", "talk-of"]) byId(id).addEventListener("input", list);
byId("undrill").addEventListener("click", undrill);
byId("all-calls").addEventListener("click", () => {
  const before = byId("talk").querySelectorAll("tbody tr").length;
  listing.isWhole = true;
  list();
  const next = byId("talk").querySelectorAll("tbody tr")[before];
  next.setAttribute("tabindex", "-1");
  next.focus({preventScroll: true});
});
for (const [when, isPrinted] of [["beforeprint", true], ["afterprint", false]]) {
  addEventListener(when, () => { listing.isPrinted = isPrinted; list(); });
}

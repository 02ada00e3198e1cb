// The cards, one function for each: a slice of the data becomes figures, tables and charts.
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
    const caption = `Verdicts by ${SHOWN.get(dimension)}`;
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
    fill(byId(`table-group-${index}`), `Interactions by ${SHOWN.get(dimension)} and verdict`,
      [SHOWN.get(dimension), ...data.verdicts.map(({label}) => label), "win share"], rows);
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

// The cards, one function for each: a slice of the data becomes figures, tables and charts.
function headline(slice) {
  say("share", slice.headline.share);
  say("wins", slice.headline.wins);
  say("losses-said", slice.headline.losses);
  say("lever", slice.headline.lever);
  byId("strip").replaceChildren(...data.verdicts.flatMap(({fill}, place) => slice.verdicts[place]
    ? [element("i", {style: `flex:${slice.verdicts[place]};background:${fill}`})] : []));
  byId("verdicts").replaceChildren(...data.verdicts.map(({id, label, sentence, fill}, place) => {
    const words = [element("b", {}, number(slice.verdicts[place])), element("small", {}, slice.shares[place]),
      element("span", {}, key(fill), label)];
    const isListed = id !== WIN && slice.verdicts[place] > 0;
    return element("li", {title: sentence, "data-verdict": id}, ...isListed ? [driller("verdict", id, ...words)] : words);
  }));
}

const WIN = data.verdicts[0].id; // the list has no use for these

function matrix(slice) {
  const cell = ([count, share, words, fill], place) => words
    ? element("td", {style: `--tint:color-mix(in srgb, ${fill} 25%, var(--card))`}, driller("cell", place,
      element("b", {}, count), element("span", {}, share), element("span", {class: "ruled"}, words)))
    : element("td", {}, element("b", {class: "none"}, count));
  const cells = slice.matrix.map(cell);
  const rows = data.outcomes.map((outcome, row) => element("tr", {},
    element("th", {scope: "row"}, `Salesperson ${outcome}`), ...cells.slice(3 * row, 3 * row + 3)));
  byId("matrix").replaceChildren(
    element("caption", {class: "unseen"}, "Interactions by what the salesperson and the customer experienced"),
    element("thead", {}, element("tr", {}, element("td", {class: "corner", rowspan: 2}),
      element("th", {scope: "colgroup", colspan: 3}, "Customer")),
    element("tr", {}, ...data.outcomes.map((outcome) => element("th", {scope: "col"}, outcome)))),
    element("tbody", {}, ...rows));
}

// A bar of parts, each as long as its number; a line stands for a share to compare with.
function bar(parts, of, line) {
  const left = of - sum(parts.map(({count}) => count));
  const pieces = [...parts, {count: left, fill: "none"}].filter(({count}) => count > 0);
  const compared = line === undefined ? [] : [element("u", {style: `left:${100 * line}%`})];
  return element("span", {class: "shares", "aria-hidden": "true"}, ...compared, ...pieces.map(({count, fill, said = ""}) =>
    element("i", {title: said, style: `flex:${count};background:${fill}`})));
}

function levers(slice) {
  const {rows, more} = slice.levers;
  byId("no-levers").hidden = rows.length > 0;
  byId("table-levers").hidden = rows.length === 0;
  say("more-levers", more);
  fill(byId("table-levers"), "How many would be WIN/WIN/WIN", ["if", "would fix"],
    rows.map(([words, turned]) => [[driller("lever", words, data.words[words]), bar([{count: turned, fill: data.verdicts[0].fill}], rows[0][1])], turned]));
}

// A card for each dimension, made once: those without a funnel stand side by side, the last one beside the trend.
function groupCards() {
  const isWide = (index) => Boolean(data.funnels[index]);
  for (let index = 0; index < DIMENSIONS.length; index++) {
    const isLast = index === DIMENSIONS.length - 1;
    const hasPair = !isWide(index) && (isLast || !isWide(index + 1));
    byId("groups").append(groupCard(index, hasPair ? "card half" : "card"));
    if (hasPair && isLast) byId("trend").classList.add("half");
    else if (hasPair) byId("groups").append(groupCard(++index, "card half"));
  }
}

function groupCard(index, look) {
  const shown = SHOWN.get(DIMENSIONS[index]);
  const caption = `Verdicts by ${shown}`, funnel = `Share of WIN/WIN/WIN by number of interactions, for each ${shown}`;
  const wide = (id, label) => element("div", {class: "wide", tabindex: "0", role: "region", "aria-label": label}, element("table", {id}));
  return element("section", {class: look, "aria-labelledby": `h-group-${index}`},
    element("h2", {id: `h-group-${index}`}, caption),
    element("p", {class: "said", id: `standing-${index}`}),
    element("div", {class: "beside"},
      element("div", {}, element("ul", {class: "legend", "data-legend": "verdicts"}),
        element("table", {class: "bars grouped", id: `bars-group-${index}`})),
      element("figure", {}, element("figcaption", {}, funnel),
        element("div", {class: "chart", id: `chart-funnel-${index}`, role: "img", "aria-label": funnel}),
        element("p", {class: "muted", id: `funnel-said-${index}`}))),
    element("details", {}, element("summary", {}, `${caption}: figures`), wide(`table-group-${index}`, `${caption}: figures`)));
}

function groups(slice, place) {
  const everything = read(data.all);
  const line = everything.counts[0] / everything.total;
  return DIMENSIONS.map((dimension, index) => {
    const {said, rows} = slice.groups[dimension];
    const found = rows.map(read);
    const shown = SHOWN.get(dimension);
    say(`standing-${index}`, data.words[said]);
    const named = ({name}) => typeof name === "number" ? driller("group", [index, name], nameOf(dimension, name)) : name;
    const bars = ({counts, total}) => bar(counts.map((count, place) => ({count, fill: data.verdicts[place].fill,
      said: `${data.verdicts[place].label}: ${number(count)} of ${number(total)}`})), total, line);
    const barred = (one) => [[named(one), bars(one)], one.total, one.words, one.interval];
    fill(byId(`bars-group-${index}`), `Share of each verdict by ${shown}; the line is the share of WIN/WIN/WIN of all`,
      [shown, "interactions", "win share", "95% interval"], found.map(barred), barred(everything));
    const counted = (one) => [typeof one.name === "number" ? nameOf(dimension, one.name) : one.name,
      ...one.counts, one.total, one.words, one.interval];
    fill(byId(`table-group-${index}`), `Interactions by ${shown} and verdict`,
      [shown, ...data.verdicts.map(({label}) => label), "interactions", "win share", "95% interval"], found.map(counted), counted(everything));
    return funnel(index, place);
  });
}

// The funnel is about all: of one group it shows where this one is, and of the groups within it none.
function funnel(index, place) {
  const found = data.funnels[index];
  if (!found || (place !== null && place[0] !== index)) return draw(`funnel-${index}`, charts.funnel, []);
  const dimension = DIMENSIONS[index];
  const isPicked = (row) => place !== null && row.place === place[1];
  const dots = data.slices[0].groups[dimension].rows.map(read).filter(({name}) => found.places.includes(name))
    .map(({name, counts, total, most, words}) => ({group: nameOf(dimension, name), place: name, size: total, words,
      share: counts[0] / total, possible: most[0] / total})).map((row) => ({...row, picked: isPicked(row)}));
  const names = dots.filter((row) => place === null ? found.outside.includes(row.place) : row.picked);
  const limits = found.limits.flatMap(([size, outerLow, low, high, outerHigh]) => [
    {size, low, high, level: "95%", share: found.share}, {size, low: outerLow, high: outerHigh, level: "99.8%", share: found.share}]);
  const [most, , , high, outerHigh] = found.limits[found.limits.length - 1];
  const lines = [["all", found.share], ["95%", high], ["99.8%", outerHigh]].map(([group, share]) => ({size: most, share, group}));
  const named = place === null ? found.named : names.map(({group}) => `The large dot is ${group}.`).join("");
  say(`funnel-said-${index}`, `The dot is what is sure, the line goes up to what is possible. By chance alone, 95% lie between the inner lines around the share of all, and 99.8% between the outer, dashed ones. ${named} ${found.left}`);
  return draw(`funnel-${index}`, charts.funnel, dots, {sets: {limits, labels: lines},
    after: (view) => label(view, dots, names, lines), clicked: ({place: picked}) => drill("group", [index, picked])});
}

const WATCHED = data.watched.map(({id, label}) => ({label, place: data.verdicts.findIndex((verdict) => verdict.id === id)}));

const fewIn = (rows) => rows.some(({total, interval}) => total && !interval)
  ? " Where there are fewer than ten interactions, shares jump by chance." : "";

function trend(slice) {
  const {period, rows, undated, earlier} = slice.trend;
  const found = rows.map(read).map((one) => ({...one, name: data.periods[one.name][0], day: data.periods[one.name][1]}));
  const leftOut = (count, what) => count ? ` ${number(count)} ${what} ${count === 1 ? "is" : "are"} left out.` : "";
  const left = leftOut(undated, "without a date") + (rows.length ? leftOut(earlier, `before ${found[0].name}`) : "");
  say("trend-said", rows.length ? `By ${period}: the share that is sure as a line, up to what is possible as a band; around WIN/WIN/WIN its 95% interval.${fewIn(found)}${left}` : "No interaction has a date.");
  byId("trend-said").className = rows.length ? "" : "empty";
  fill(byId("table-trend"), `Interactions by ${period} and verdict`,
    [period, "from", ...data.verdicts.map(({label}) => label), "interactions", "win share", "95% interval"],
    found.map((one) => [driller("period", one.name, one.name), one.day, ...one.counts, one.total, one.words, one.interval]));
  const points = found.filter(({total}) => total).flatMap((one) => WATCHED.map(({label, place}, index) => ({
    period: one.name, day: one.day, line: label, total: one.total, share: one.counts[place] / one.total,
    possible: one.most[index] / one.total, words: index ? spanned(one.counts[place], one.most[index], one.total) : one.words,
    ...index ? {} : {interval: one.interval, low: one.low / 100, high: one.high / 100}})));
  const params = [{name: "period", value: period}, {name: "days", value: points.map(({day}) => Date.parse(day))}];
  return draw("trend", {...charts.trend, params}, points, {clicked: (point) => drill("period", point.period)});
}

const spanned = (sure, possible, total) => `${number(sure)}${possible > sure ? `, up to ${number(possible)},` : ""} of ${number(total)}`;

function books(slice) {
  const test = slice.books;
  say("books-said", test ? test.said : "Nothing to compare: record the organization’s outcome from the books.");
  byId("books-said").className = test ? "said" : "empty";
  byId("books-cells").hidden = !test;
  if (!test) return draw("books", charts.books, []);
  const [bothWon, missed, hidden, bothLost] = test.cells;
  fill(byId("books"), "Interactions by what rules and books say", ["", "booked won", "booked lost"],
    [["ruled won", bothWon, missed], ["ruled lost", hidden, bothLost]]);
  const parts = ["share", "low", "high"].map((end) => [end, `${(100 * test[end]).toFixed(1)}%`]);
  fill(byId("table-books"), "Agreement", ["agree", "at least", "at most"], [parts.map(([, words]) => words)]);
  return draw("books", charts.books, !test.isRate ? [] : [{...test, ...Object.fromEntries(parts.map(([end, words]) => [`${end}_words`, words]))}]);
}

function gaps(slice) {
  const spread = slice.gaps;
  say("gaps-said", spread ? spread.said : "No interaction has both times: record when the salesperson and the customer won.");
  byId("gaps-said").className = spread ? "said" : "empty";
  const rows = spread ? data.gaps.map((gap, index) => ({gap, count: spread.bins[index]})) : [];
  fill(byId("table-gaps"), "Interactions by the time between the two wins", ["gap", "interactions"], rows.map(({gap, count}) => [gap, count]));
  return draw("gaps", charts.gaps, rows, {lines: rows.length});
}

function quality(slice) {
  fill(byId("table-quality"), "Interactions by fact", ["fact", ...data.origins.map(({label}) => label)],
    data.facts.map((fact, index) => [fact, ...slice.quality[index]]));
  return draw("quality", charts.quality, data.facts.flatMap((fact, index) =>
    data.origins.map(({label: origin}, place) => ({fact, origin, place, count: slice.quality[index][place]}))), {lines: data.facts.length});
}

function legends() {
  for (const list of document.querySelectorAll("[data-legend]")) {
    list.replaceChildren(...data[list.dataset.legend].map(({label, fill}) => element("li", {}, key(fill), label)));
  }
}

// Whether a slice is of one person, or of one other group that was asked for: it gets a sheet on paper.
const isOfOne = ({groups}) => Object.entries(groups).some(([dimension, {rows}]) =>
  rows.length === 1 && (dimension === "employee" || byId("selected")));

// Shows the slice that is picked.
async function show([index, place, name], wrong = "") {
  const slice = data.slices[index];
  say("status", wrong || (name ? `Everything below is about ${name}: ${number(slice.total)} of ${number(data.slices[0].total)} interactions.` : ""));
  headline(slice);
  byId("cards").hidden = byId("share").parentElement.hidden = byId("strip").hidden = byId("verdicts").hidden = slice.total === 0;
  document.documentElement.classList.toggle("sheet", place !== null || isOfOne(slice));
  matrix(slice);
  levers(slice);
  talk(slice, place);
  await Promise.all([...groups(slice, place), trend(slice), books(slice), gaps(slice), quality(slice)]);
  document.documentElement.dataset.shown = index;
}

// What the menu offers: a slice, its group and its name, and its address. Of names that are alike the later ones are numbered.
const picks = [[0, null, "", ""]];

function filter() {
  const select = byId("slice");
  select.append(element("option", {value: 0}, "everything"));
  data.filters.forEach(({dimension, first}) => {
    const index = DIMENSIONS.indexOf(dimension), seen = new Map();
    select.append(element("optgroup", {label: `by ${SHOWN.get(dimension)}`}, ...data.names[dimension].map((name, place) => {
      seen.set(name, (seen.get(name) ?? 0) + 1);
      const told = seen.get(name) > 1 ? `${name} (${seen.get(name)})` : name;
      picks.push([first + place, [index, place], told, `${encodeURIComponent(dimension)}=${encodeURIComponent(told)}`]);
      return element("option", {value: picks.length - 1}, told);
    })));
  });
  byId("filter").hidden = data.filters.length === 0;
  select.addEventListener("change", () => { location.hash = picks[select.value][3]; });
}

const decoded = (part) => { try { return decodeURIComponent(part); } catch { return part; } };

// Shows what the address says, after what is being shown; a place on the page is no filter.
let shown = Promise.resolve();

function follow() {
  const [dimension, ...value] = location.hash.slice(1).split("=").map(decoded);
  if (dimension && !value.length && document.documentElement.dataset.shown) return shown;
  const wanted = value.length ? `${encodeURIComponent(dimension)}=${encodeURIComponent(value.join("="))}` : "";
  const found = picks.findIndex(([, , , address]) => address === wanted);
  byId("slice").value = Math.max(found, 0);
  const wrong = found < 0 ? `There is no ${dimension} “${value.join("=")}” here, so this is about everything.` : "";
  shown = shown.then(() => show(picks[Math.max(found, 0)], wrong));
  return shown;
}

const FROM = {day: "", week: "weeks of ", month: ""};
const {period, rows: periods} = data.slices[0].trend;
const ends = [periods[0], periods[periods.length - 1]].filter(Boolean).map(([number]) => data.periods[number][period === "month" ? 0 : 1]);
if (ends.length) byId("dates").textContent = ` · ${FROM[period]}${[...new Set(ends)].join(" to ")}`;
say("failures", data.failures);
say("quality-failures", data.failures);
byId("report").hidden = false;
byId("report").addEventListener("click", ({target}) => {
  const button = target.closest("[data-drill]");
  if (button) drill(button.dataset.drill, JSON.parse(button.dataset.value));
});
addEventListener("hashchange", follow);
filter();
groupCards();
legends();
await follow();

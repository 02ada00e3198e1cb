// Shows the slice that is picked.
async function show(index, place, name) {
  const slice = data.slices[index];
  say("status", name ? `Everything below is about ${name}: ${number(slice.total)} of ${number(data.slices[0].total)} interactions.` : "");
  headline(slice);
  byId("cards").hidden = byId("share").parentElement.hidden = byId("strip").hidden = byId("verdicts").hidden = slice.total === 0;
  matrix(slice);
  talk(slice, place);
  await Promise.all([levers(slice), ...groups(slice), trend(slice), books(slice), gaps(slice), quality(slice)]);
  document.documentElement.dataset.shown = index;
}

function filter() {
  const select = byId("slice");
  const picks = [[0, null, ""]];
  select.append(element("option", {value: 0}, "everything"));
  data.filters.forEach(({dimension, first}) => {
    const index = DIMENSIONS.indexOf(dimension);
    select.append(element("optgroup", {label: `by ${SHOWN.get(dimension)}`}, ...data.names[dimension].map((name, place) => {
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

// The list of all entries, each with its verdict, to be corrected and deleted.
const LONG = 200; // characters of notes, which may have to be scrolled: a keyboard has to reach them

function list() {
  const all = entries(), sound = all.filter(({entry}) => entry), fresh = sound.filter(({given}) => !given);
  const out = sound.length - fresh.length;
  byId("kept").hidden = false;
  byId("where").textContent = all.length
    ? "They are on this device alone until you give them out. A private window loses them when it is closed; so does clearing the browser’s data."
    : "None yet. What you save stays on this device until you delete it.";
  byId("give").hidden = sound.length === 0;
  const [those, every] = byId("which").options;
  those.textContent = `${fresh.length} new`;
  every.textContent = `all ${sound.length}`;
  if (those.disabled !== (fresh.length === 0)) byId("which").value = fresh.length ? "new" : "all";
  those.disabled = fresh.length === 0;
  byId("clear").hidden = out === 0;
  byId("clear").textContent = `Delete ${count(out, "entry that was", "entries that were")} given out`;
  byId("by-hand").hidden = true;
  byId("entries").replaceChildren(...all.map((each) => each.entry ? item(each) : unread(each)));
}

function item(each) {
  const {key, entry, given} = each, {facts, about, rulebook} = entry;
  const verdict = judged(facts)[0], name = about.id;
  const more = element("details", {}, element("summary", {}, "Why"));
  more.addEventListener("toggle", () => { if (more.open && !more.querySelector(".verdict")) more.append(card(facts, "h4")); });
  const marks = [about.date, about.employee, about.channel, given && "given out", unkept.has(key) && "only in this page",
    rulebook.fingerprint !== data.rulebook.fingerprint && `recorded by ${rulebook.title} (${rulebook.fingerprint})`];
  return element("li", {"data-id": name},
    element("h3", {}, element("bdi", {}, name), " ", element("span", {class: data.tones[verdict]}, data.verdicts[verdict])),
    element("p", {class: "muted"}, ...marks.filter(Boolean).flatMap((mark, index) => [index ? " · " : "", element("bdi", {}, mark)])),
    ...(about.notes ? [element("p", {class: "notes", tabindex: about.notes.length > LONG && "0"}, about.notes)] : []), more,
    element("p", {class: "acts"}, act("Correct", name, () => correct(each)), act("Delete", name, () => remove([each], `Deleted ${name}.`))));
}

// What was kept here and cannot be read: it is shown as it is, never thrown away.
function unread({key, text}) {
  return element("li", {}, element("h3", {class: "lost"}, "This entry cannot be read"),
    element("p", {class: "muted"}, "Something else changed it. This is all that is there:"), element("pre", {tabindex: "0"}, text),
    element("p", {class: "acts"}, act("Delete", "what cannot be read", () => remove([{key, text}], "Deleted what could not be read."))));
}

function act(words, name, click) {
  const made = button(words, "quiet", click);
  made.setAttribute("aria-label", `${words} ${name}`);
  return made;
}

async function remove(those, words) {
  await change(those.map(({key, text}) => ({key, value: null, was: text})));
  const there = new Set(kept().map(({key}) => key)), left = those.filter(({key}) => there.has(key)).length;
  list();
  byId("h-kept").focus();
  const back = () => change(those.map(({key, text, given}) => ({key, value: {text, given}, was: null})));
  if (left) tell(`${count(left, "entry was", "entries were")} not deleted: changed in another window, or this browser refuses.`);
  else tell(words, async () => { await back(); list(); });
}

function clear() {
  const those = entries().filter(({entry, given}) => entry && given);
  return remove(those, `Deleted ${count(those.length, "entry", "entries")}.`);
}

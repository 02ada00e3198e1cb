// An entry that is being made or corrected: what is known of it, what was asked, and what to ask next.
const NEW = {facts: {}, asked: [], about: {}, key: null, text: null, again: null, isDone: false};
let draft = drafted();
let isRemembered = true;

// What was being entered in this window before it was loaded again.
function drafted() {
  const found = {...NEW, ...history.state}, {asked, again} = found;
  try {
    return isReadable(found) && [...asked, again ?? asked].flat().every((name) => FACTS.has(name)) ? found : NEW;
  } catch {
    return NEW;
  }
}

// In the window's history, which a reload keeps; browsers limit how often, so not for every letter.
function remember() {
  try {
    history.replaceState(draft, "");
    isRemembered = true;
  } catch {
    isRemembered = false;
  }
}

const isBegun = () => draft.key !== null || draft.asked.length > 0 || Object.keys(draft.facts).length > 0;

// As `record` does: the two outcomes, and then what can still change the verdict.
function next() {
  if (draft.again) return draft.again;
  if (draft.isDone) return undefined;
  return [...data.first, ...judged(draft.facts)[1]].find((name) => !draft.asked.includes(name) && offered(name).length);
}

function set(name, value) {
  const {[name]: _, ...rest} = draft.facts;
  const facts = value === MISSING ? rest : {...rest, [name]: value};
  draft = {...draft, facts};
  tell("");
  if (judged(facts)) return;
  delete facts.order;
  tell("The order of the wins was left out: only those who won have a place in it.");
}

function answer(name, value) {
  set(name, value);
  draft = {...draft, asked: [...new Set([...draft.asked, name])], again: null, isDone: false};
  show();
  focusHere();
}

const focusHere = () => (byId("question").hidden ? document.querySelector("#verdict .sentence") : byId("asks")).focus();

function ask(name) {
  const {question, label, means} = FACTS.get(name);
  byId("asks").textContent = question || label;
  byId("means").textContent = means;
  byId("choices").replaceChildren(
    ...offered(name).map((value) => button(valueWords(draft.facts, name, value), "big", () => answer(name, value))),
    button("not known", "big wide", () => answer(name, MISSING)));
}

function answers() {
  return data.facts.filter(({name}) => draft.asked.includes(name) || name in draft.facts).map(({name, label}) => {
    const value = draft.facts[name], words = value === undefined ? "not known" : valueWords(draft.facts, name, value);
    const change = button("Change", "quiet", () => { draft = {...draft, again: name}; show(); byId("asks").focus(); });
    change.setAttribute("aria-label", `Change ${label}: ${words}`);
    return element("li", {}, element("span", {}, `${label}: `, element("b", {}, words)), change);
  });
}

// Shows the draft: the question that is next, or the verdict.
function show() {
  const asked = next();
  if (!asked) draft = {...draft, isDone: true};
  byId("h-entry").textContent = draft.key ? `Correct ${draft.about.id}` : "New entry";
  byId("answers").replaceChildren(...answers());
  byId("question").hidden = !asked;
  byId("result").hidden = Boolean(asked);
  if (asked) ask(asked);
  else result();
  byId("discard").hidden = !isBegun();
  byId("discard").textContent = draft.key ? "Leave it as it was" : "Start over";
  remember();
}

function result() {
  byId("verdict").replaceChildren(card(draft.facts, "h3"));
  byId("about").replaceChildren(...aboutFields());
  byId("facts").replaceChildren(...factFields());
}

function begin(made = NEW) {
  const last = entries().find(({entry}) => entry)?.entry.about.employee;
  const about = {date: today(), ...(last && {employee: last})};
  const asks = (name) => data.about.some(([each]) => each === name);
  draft = made === NEW ? {...NEW, about: Object.fromEntries(Object.entries(about).filter(([name]) => name === "date" || asks(name)))} : made;
  byId("explain").open = byId("more").open = false;
  show();
}

function correct({key, text, entry}) {
  const {facts, about} = entry, before = isBegun() ? draft : null;
  begin({...NEW, facts, about, key, text, asked: [...new Set([...data.first, ...Object.keys(facts)])]});
  byId("h-entry").scrollIntoView();
  byId("h-entry").focus();
  if (before) tell("What you had begun was put aside.", () => resume(before));
}

function resume(before) {
  draft = before;
  show();
  focusHere();
}

async function save(event) {
  event.preventDefault();
  if (byId("save").disabled || !areSound()) return;
  byId("save").disabled = true; // to press it twice saves one entry
  const made = draft;
  await refresh();
  const [key, about, words] = placed(made);
  await change([[key, JSON.stringify({facts: made.facts, about, rulebook: data.rulebook})]]);
  byId("save").disabled = false;
  begin();
  list();
  byId("h-entry").focus();
  tell(`Saved ${about.id}: ${data.verdicts[judged(made.facts)[0]]}.${words}`);
}

// Where a draft is kept, what describes it there, and what else to say.
function placed({key, text, about}) {
  const id = about.id || newId(about.date);
  if (!key || held.get(key) === text) return [key ?? newKey(), {...about, id}, ""];
  const another = isTaken(id, null) ? newId(about.date) : id;
  const words = " It was changed or deleted in another window meanwhile, so this is a new entry beside it.";
  return [newKey(), {...about, id: another}, words];
}

function discard() {
  const before = draft, isNew = draft.key === null;
  begin();
  byId("h-entry").focus();
  tell(isNew ? "The answers were discarded." : "The entry is as it was.", () => resume(before));
}

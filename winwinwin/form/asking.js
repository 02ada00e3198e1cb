// An entry that is being made or corrected: what is known of it, what was asked, and what to ask next.
const NEW = {facts: {}, asked: [], about: {}, key: null, text: null, again: null, isDone: false, aside: null};
let draft = drafted();
let isRemembered = true;

// What was being entered in this window before it was loaded again.
function drafted() {
  const found = {...NEW, ...history.state};
  try {
    return isDraft(found) ? found : NEW;
  } catch {
    return NEW;
  }
}

function isDraft({asked, again, aside, ...said}) {
  return isReadable(said) && [...asked, again ?? asked].flat().every((name) => FACTS.has(name)) && (aside === null || isDraft(aside));
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
  const {facts, about} = entry, aside = isBegun() ? draft : null;
  begin({...NEW, facts, about, key, text, aside, asked: [...new Set([...data.first, ...Object.keys(facts)])]});
  byId("h-entry").scrollIntoView();
  byId("h-entry").focus();
  if (aside) tell("What you had begun is put aside until you are done with this.", () => resume(aside));
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
  const made = draft, saved = await placed(made);
  byId("save").disabled = false;
  if (draft === made) begin(made.aside ?? NEW);
  list();
  byId("h-entry").focus();
  pause();
  tell(saved);
}

// Keeps a draft, and returns what to say; one that was changed elsewhere since it was opened becomes a new entry.
async function placed({key, text, about, facts}) {
  const verdict = data.verdicts[judged(facts)[0]];
  const put = async (at, id, was) => {
    const made = JSON.stringify({facts, about: {...about, id}, rulebook: data.rulebook});
    await change([{key: at, value: {text: made, given: false}, was}]);
    return textAt(at) === made;
  };
  const id = about.id || newId(about.date), wasGiven = kept().some((each) => each.key === key && each.given);
  const twice = wasGiven ? " It was given out before: of its two versions, judge this one only." : "";
  if (await put(key ?? newKey(), id, text)) return `Saved ${id}: ${verdict}.${twice}`;
  const other = isTaken(id, null) ? newId(about.date) : id;
  await put(newKey(), other, null);
  return `Saved ${other}: ${verdict}. It was changed or deleted meanwhile, so this is a new entry beside it.`;
}

// A second tap on Save is no answer to the question that then stands there.
function pause() {
  byId("question").inert = true;
  setTimeout(() => { byId("question").inert = false; }, 400);
}

function discard() {
  const before = draft, isNew = draft.key === null;
  begin(before.aside ?? NEW);
  byId("h-entry").focus();
  tell(isNew ? "The answers were discarded." : "The entry is as it was.", () => resume(before));
}

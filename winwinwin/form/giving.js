// Entries as records that `winwinwin batch` reads.
const BARE = new Set(["won", "lost", "salesperson", "customer", "organization"]);
const UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g; // what a file holds only escaped
const KINDS = {yaml: "application/yaml", jsonl: "application/jsonl"};

function record({facts, about, rulebook}) {
  const made = {}, {id, date, employee, channel, notes, tags} = about;
  Object.assign(made, {id, date, employee, channel});
  for (const {name, path} of data.facts) {
    if (!(name in facts) || name === "order") continue;
    const [party, field] = path;
    made[party] = {...made[party], [field]: facts[name]};
  }
  for (const [party, said] of Object.entries(made)) {
    if (isMapping(said) && Object.keys(said).join() === "outcome") made[party] = said.outcome;
  }
  if (facts.order) made.order = parties(facts);
  Object.assign(made, {notes, tags, rulebook});
  const isSaid = ([, value]) => value !== undefined && value !== "" && !(isMapping(value) && !Object.keys(value).length);
  return Object.fromEntries(Object.entries(made).filter(isSaid));
}

const quoted = (value) => JSON.stringify(value)
  .replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

function scalar(value) {
  if (Array.isArray(value)) return `[${value.map(scalar).join(", ")}]`;
  if (isMapping(value)) return `{${Object.entries(value).map(([name, each]) => `${quoted(name)}: ${scalar(each)}`).join(", ")}}`;
  return typeof value === "string" && !BARE.has(value) ? quoted(value) : `${value}`;
}

const FORMS = {
  yaml: (made) => Object.entries(made).map(([name, value], index) => `${index ? "  " : "- "}${name}: ${scalar(value)}\n`).join(""),
  jsonl: (made) => `${quoted(made)}\n`,
};

// What is to be given out: the entries, their text and the name of a file for it.
function chosen() {
  const form = byId("form").value, isNew = byId("which").value === "new";
  const found = entries().reverse().filter(({entry, given}) => entry && !(isNew && given));
  return {
    found, form, name: `interactions-${today()}.${form}`,
    text: found.map(({entry}) => FORMS[form](record(entry))).join(""),
  };
}

async function given({found}, words) {
  await mark(found);
  list();
  const unread = entries().filter(({entry}) => !entry).length;
  const rest = unread ? ` ${count(unread, "entry", "entries")} that cannot be read ${unread === 1 ? "is" : "are"} not among them.` : "";
  tell(`${count(found.length, "entry", "entries")} ${words}.${rest}`);
}

function download() {
  const those = chosen(), address = URL.createObjectURL(new Blob([those.text], {type: KINDS[those.form]}));
  element("a", {href: address, download: those.name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return given(those, `given out as ${those.name}`);
}

// As a plain text, whatever its form: browsers share no other file that `batch` reads.
async function share() {
  const those = chosen(), files = [new File([those.text], `${those.name}.txt`, {type: "text/plain"})];
  try {
    await navigator.share(navigator.canShare?.({files}) ? {files} : {title: those.name, text: those.text});
    await given(those, "shared");
  } catch (error) {
    tell(error.name === "AbortError" ? "Nothing was shared." : "This could not be shared. Use Download or Copy.");
  }
}

async function copy() {
  const those = chosen();
  byId("by-hand").hidden = true;
  try {
    await navigator.clipboard.writeText(those.text);
    await given(those, "copied");
  } catch {
    byId("text").value = those.text;
    byId("by-hand").hidden = false;
    byId("text").select();
    tell("This browser does not let the page copy. Copy the text below.");
  }
}

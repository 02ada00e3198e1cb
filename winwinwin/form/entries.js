// Entries as this form understands them: the facts, what describes them, and the rulebook they were recorded with.
const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const areTexts = (mapping) => Object.values(mapping).every((value) => typeof value === "string");
const ABOUT = ["id", "date", "employee", "channel", "notes", "tags"];

// Whether what was recorded is what this form can show and give out, all of it.
function isReadable({facts, about}) {
  const {tags = {}, ...texts} = about;
  return [facts, about, tags].every(isMapping) && [texts, tags].every(areTexts)
    && Object.keys(about).every((name) => ABOUT.includes(name))
    && Object.entries(facts).every(([name, value]) => known(name, value)) && Boolean(judged(facts));
}

// The entry in a text; null where this form cannot read it.
function understood(text) {
  try {
    const entry = JSON.parse(text), {title, fingerprint} = entry.rulebook;
    return isReadable(entry) && entry.about.id && areTexts([title, fingerprint]) ? entry : null;
  } catch {
    return null;
  }
}

// Every entry with its key, the newest first.
const entries = () => kept().sort((one, other) => (one.key < other.key ? 1 : -1)).map((each) => ({...each, entry: understood(each.text)}));

function random(length) {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789"; // none that look alike
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => letters[byte % letters.length]).join("");
}

const newKey = () => `${Date.now()}-${random(6)}`;

// An id that no other phone gives either.
function newId(day) {
  return `${day || today()}-${random(6)}`;
}

const isTaken = (id, key) => entries().some((each) => each.key !== key && each.entry?.about.id === id);

function today() {
  const now = new Date(), two = (number) => `${number}`.padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// Says what was done, and how to take it back.
function tell(words, undo) {
  byId("status").textContent = words;
  byId("undo").hidden = !undo;
  byId("undo").onclick = undo ? async () => { tell("Taken back."); await undo(); } : null;
}

// Entries are kept one by one under keys of their own, so that two windows never overwrite each other's. What the
// browser refuses to keep stays in this page, and the page says so.
const PREFIX = "winwinwin/entry/";
const unkept = new Map();
const storage = reachable(() => localStorage);
const session = reachable(() => sessionStorage);

// A storage that takes something; null where the browser has none, or refuses to use it.
function reachable(get) {
  try {
    const found = get(), probe = "winwinwin/probe";
    found.setItem(probe, "");
    found.removeItem(probe);
    return found;
  } catch (error) {
    return error.name === "QuotaExceededError" ? get() : null;
  }
}

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

// Every entry with its key, the newest first; of one that is kept in an older state, the newer one.
function entries() {
  const texts = new Map();
  for (let index = 0; index < (storage?.length ?? 0); index += 1) {
    const key = storage.key(index);
    if (key.startsWith(PREFIX)) texts.set(key, storage.getItem(key));
  }
  for (const [key, text] of unkept) texts.set(key, text);
  return [...texts].sort().reverse().map(([key, text]) => ({key, text, entry: understood(text)}));
}

const textAt = (key) => unkept.get(key) ?? storage?.getItem(key) ?? null;

function random(length) {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789"; // none that look alike
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => letters[byte % letters.length]).join("");
}

const newKey = () => `${PREFIX}${Date.now()}-${random(6)}`;

// An id that no other phone gives either.
function newId(day) {
  return `${day || today()}-${random(6)}`;
}

const isTaken = (id, key) => entries().some((each) => each.key !== key && each.entry?.about.id === id);

function today() {
  const now = new Date(), two = (number) => `${number}`.padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// Keeps a text, here alone where the browser refuses it.
function keep(key, text) {
  try {
    storage.setItem(key, text);
    unkept.delete(key);
  } catch {
    unkept.set(key, text);
  }
  warn();
}

// Notes something about an entry that is safe without it.
function mark(key, text) {
  if (unkept.has(key)) unkept.set(key, text);
  else try { storage.setItem(key, text); } catch { /* there is no room for the mark */ }
}

function drop(key) {
  unkept.delete(key);
  try { storage?.removeItem(key); } catch { /* it cannot be there */ }
  for (const [each, text] of [...unkept]) keep(each, text); // there may be room now
  warn();
}

function warn() {
  const refusal = storage ? "This browser has no room left for this page" : "This browser keeps nothing for this page";
  const those = unkept.size === 1 ? "1 entry is only here. Give it" : `${unkept.size} entries are only here. Give them`;
  const words = unkept.size ? `${refusal}: ${those} out before you close the page.`
    : storage ? "" : `${refusal}: give out what you enter before you close it.`;
  byId("warning").hidden = !words;
  if (byId("warning").textContent !== words) byId("warning").textContent = words;
}

// Says what was done, and how to take it back.
function tell(words, undo) {
  byId("status").textContent = words;
  byId("undo").hidden = !undo;
  byId("undo").onclick = undo ? () => { tell("Taken back."); undo(); } : null;
}

// Entries are kept in the browser's database, each under a key of its own, as its text and whether it was given out.
// Nothing overwrites what another window has written meanwhile. What the browser refuses stays in this page, and the
// page says so. It is no localStorage: of pages opened from disk that ask for it early, Chromium gives some a storage
// that nothing keeps (1 of 20, measured with 156).
const STORE = "entries";
const PATIENCE = 5000; // milliseconds until a database that does not answer has refused
const stored = new Map(); // as last read
const unkept = new Map();
const marked = new Map(); // the texts that this page has given out, wherever that could not be noted
const windows = channel();
let refusal = null;
let turn = Promise.resolve();

// To tell other windows of changes; null where the browser refuses: they see them later.
function channel() {
  try {
    return new BroadcastChannel("winwinwin/entries");
  } catch {
    return null;
  }
}

// Does one thing after the other; the page says meanwhile that it is busy.
function inTurn(act) {
  byId("kept").setAttribute("aria-busy", "true");
  const mine = turn = turn.then(act).finally(() => { if (turn === mine) byId("kept").setAttribute("aria-busy", "false"); });
  return mine;
}

function opened() {
  return new Promise((done, failed) => {
    const request = indexedDB.open("winwinwin", 1);
    const late = setTimeout(() => {
      request.onsuccess = () => request.result.close();
      failed(new DOMException("no answer", "TimeoutError"));
    }, PATIENCE);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => { clearTimeout(late); done(request.result); };
    request.onerror = () => { clearTimeout(late); failed(request.error); };
  });
}

// All that is asked of the database at once, or nothing; opened each time, because phones cut off a page in the background.
async function transact(mode, act) {
  const database = await opened();
  try {
    const transaction = database.transaction(STORE, mode), asked = act(transaction.objectStore(STORE));
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error ?? new DOMException("cut off", "AbortError"));
    });
    return asked;
  } finally {
    database.close();
  }
}

async function read() {
  try {
    const [keys, values] = await transact("readonly", (store) => [store.getAllKeys(), store.getAll()]);
    stored.clear();
    keys.result.forEach((key, place) => stored.set(key, values.result[place]));
    if (!unkept.size) refusal = null;
  } catch (error) {
    refusal = error;
  }
  warn();
}

// Puts values under their keys, and takes away those of null; each only where the text that is there is what it was.
async function write(edits) {
  await transact("readwrite", (store) => {
    for (const {key, value, was} of edits) {
      store.get(key).onsuccess = ({target}) => {
        if (was !== undefined && textOf(target.result) !== was) return;
        if (value === null) store.delete(key);
        else store.put(value, key);
      };
    }
  });
  windows?.postMessage(null);
}

async function attempt(edits) {
  try {
    await write(edits);
    return true;
  } catch (error) {
    refusal = error;
    return false;
  }
}

const refresh = () => inTurn(read);

// Makes edits; what the browser refuses to keep is kept here alone.
const change = (edits) => inTurn(async () => {
  refusal = null;
  const own = edits.map((each) => (unkept.delete(each.key) ? {...each, was: undefined} : each)); // no other window has it
  if (!await attempt(own)) for (const {key, value} of edits) if (value) unkept.set(key, value);
  for (const [key, value] of refusal?.name === "TimeoutError" ? [] : unkept) { // there may be room now
    if (await attempt([{key, value}])) unkept.delete(key);
  }
  if (refusal?.name === "TimeoutError") warn();
  else await read();
});

// Notes that entries were given out, where they are still what was given out.
const mark = (those) => inTurn(async () => {
  for (const {key, text} of those) marked.set(key, text);
  const edits = those.filter(({key}) => !unkept.has(key)).map(({key, text}) => ({key, value: {text, given: true}, was: text}));
  try { await write(edits); } catch { /* it is noted here */ }
  await read();
});

const textOf = (value) => (value === undefined ? null : typeof value?.text === "string" ? value.text : JSON.stringify(value));

// Everything that is kept, here or by the browser: its key, its text, and whether it was given out.
function kept() {
  return [...new Map([...stored, ...unkept])].map(([key, value]) => {
    const text = textOf(value);
    return {key, text, given: value?.given === true || marked.get(key) === text};
  });
}

const textAt = (key) => kept().find((each) => each.key === key)?.text ?? null;

// How many entries are here alone and were not given out.
const alone = () => kept().filter(({key, given}) => unkept.has(key) && !given).length;

function warn() {
  const isFull = refusal?.name === "QuotaExceededError";
  const cause = isFull ? "This browser has no room left for this page" : "This browser keeps nothing for this page";
  const number = alone();
  const those = number === 1 ? "1 entry is only here. Give it" : `${number} entries are only here. Give them`;
  const words = number ? `${cause}: ${those} out before you close the page.`
    : refusal && !isFull ? `${cause}: give out what you enter before you close it.` : "";
  byId("warning").hidden = !words;
  if (byId("warning").textContent !== words) byId("warning").textContent = words;
}

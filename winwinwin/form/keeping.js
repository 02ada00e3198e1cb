// Entries are kept in the browser's database, each under a key of its own, so that two windows never overwrite each
// other's. What the browser refuses stays in this page, and the page says so. It is no localStorage: of pages opened
// from disk that ask for it early, Chromium gives some a storage that nothing keeps (1 of 20, measured with 156).
const STORE = "entries";
const unkept = new Map();
const windows = new BroadcastChannel("winwinwin/entries");
let held = new Map(); // the text of every entry by its key: what was kept when it was last read, and what is not kept
let refusal = null;
let turn = Promise.resolve();

// Does one thing after the other; the page says meanwhile that it is busy.
function inTurn(act) {
  byId("kept").setAttribute("aria-busy", "true");
  const mine = turn = turn.then(act).then(() => { if (turn === mine) byId("kept").setAttribute("aria-busy", "false"); });
  return mine;
}

function opened() {
  return new Promise((done, failed) => {
    const request = indexedDB.open("winwinwin", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

// All that is asked of the database at once, or nothing; opened each time, because phones cut off a page in the background.
async function transact(mode, act) {
  const database = await opened();
  try {
    const transaction = database.transaction(STORE, mode), asked = act(transaction.objectStore(STORE));
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
    });
    return asked;
  } finally {
    database.close();
  }
}

async function read() {
  try {
    const [keys, texts] = await transact("readonly", (store) => [store.getAllKeys(), store.getAll()]);
    held = new Map(keys.result.map((key, place) => [key, texts.result[place]]));
    if (!unkept.size) refusal = null;
  } catch (error) {
    refusal = error;
  }
  for (const [key, text] of unkept) held.set(key, text);
  warn();
}

async function write(those) {
  await transact("readwrite", (store) => {
    for (const [key, text] of those) text === null ? store.delete(key) : store.put(text, key);
  });
  for (const [key] of those) unkept.delete(key);
  windows.postMessage(null);
}

async function attempt(those) {
  try {
    await write(those);
    refusal = null;
  } catch (error) {
    refusal = error;
  }
}

const refresh = () => inTurn(read);

// Keeps texts under their keys, here alone where the browser refuses; an entry without a text is dropped.
const change = (those) => inTurn(async () => {
  for (const [key, text] of those) text === null ? unkept.delete(key) : unkept.set(key, text);
  await attempt(those);
  for (const each of [...unkept]) await attempt([each]); // there may be room now
  await read();
});

// Notes something about entries that are safe without it.
const mark = (those) => inTurn(async () => {
  for (const [key, text] of those) if (unkept.has(key)) unkept.set(key, text);
  try { await write(those.filter(([key]) => !unkept.has(key))); } catch { /* there is no room for the mark */ }
  await read();
});

function warn() {
  const isFull = refusal?.name === "QuotaExceededError";
  const cause = isFull ? "This browser has no room left for this page" : "This browser keeps nothing for this page";
  const those = unkept.size === 1 ? "1 entry is only here. Give it" : `${unkept.size} entries are only here. Give them`;
  const words = unkept.size ? `${cause}: ${those} out before you close the page.`
    : refusal && !isFull ? `${cause}: give out what you enter before you close it.` : "";
  byId("warning").hidden = !words;
  if (byId("warning").textContent !== words) byId("warning").textContent = words;
}

// What is kept on this phone, between local storage, the outbox in the browser's database, and the account (rules.js). It runs beside the
// program, which calls it (app/src/kept/browser.rs), and tells the program with the event "kept" that something came.
import * as rules from "./rules.js";

// How long after a request that did not get through it is tried again.
const PAUSE_MS = 20_000;
const OWNER = "kept";
// What was searched for last, for reading without a network: kept by the service worker (sw.js).
const RESULTS = "results";
// Pages of one person, for reading without a network: kept by the service worker, too.
const PERSONAL = "personal";
const PREFIXES = ["favorite:", "search:"];
// What was taken out and is not in the outbox yet, for who leaves in that moment.
const GONE = "gone:";

const OFFERS = document.querySelector("script[data-offers]").dataset.offers;

let isSignedIn = false;
let unsent = [];
let sending = false;
let follows = false;
let lastStamp = 0;
let known;
let retry;

/** Whose things these are (an account's tag, "" before signing in), and up to which of its revisions they are known. */
function owner() {
  return shelf.get(OWNER) ?? known ?? { account: "", revision: 0 };
}

function setOwner(account, revision) {
  // Where there is no room for it, this page still knows.
  known = { account, revision };
  write(OWNER, known);
}

function write(id, record) {
  try {
    localStorage.setItem(id, JSON.stringify(record));
    return true;
  } catch {
    return false; // full, or the browser keeps nothing
  }
}

const shelf = {
  get(id) {
    try {
      return JSON.parse(localStorage.getItem(id));
    } catch {
      return null; // damaged: the program discards it and says so
    }
  },
  // The newest keep their sheets: what comes from the account brings none, and its own makes room.
  put(id, record) {
    if (!write(id, record) && !write(id, { ...record, copy: null })) dispatchEvent(new Event("kept-full"));
  },
  remove: (id) => localStorage.removeItem(id),
  ids(prefixes = PREFIXES) {
    try {
      return Object.keys(localStorage).filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
    } catch {
      return [];
    }
  },
};

/** What is of use from the second visit on: the service worker has it (offers.js). */
async function withOffers(work) {
  if (navigator.serviceWorker?.controller) work(await import(OFFERS));
}

/** The favorites are shown: a good moment. */
const offerInstallation = () => withOffers((offers) => offers.offerInstallation()).catch(unwritten);

/** Unlike all others of this account, and later than those that this page made before. */
function stamp() {
  lastStamp = Math.max(lastStamp + 1, Date.now());
  return `${lastStamp.toString(16)}-${Math.random().toString(36).slice(2)}`;
}

/**
 * Changes the outbox in one transaction; on the disk when the promise is kept, even if the browser is ended right after. Gives what
 * `change` gives.
 */
function editOutbox(change) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("mypage", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("outbox");
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("outbox", "readwrite", { durability: "strict" });
      const store = transaction.objectStore("outbox");
      let result;
      let left = [];
      transaction.oncomplete = () => {
        database.close();
        unsent = left;
        done(result);
      };
      transaction.onabort = () => { database.close(); fail(transaction.error); };
      const reading = store.get("changes");
      reading.onsuccess = () => {
        const outbox = { pending: [], signedOut: false, account: "", ...reading.result };
        const before = JSON.stringify(outbox);
        result = change(outbox);
        const { account } = owner();
        left = rules.unsent(outbox, account);
        if (JSON.stringify(outbox) !== before) store.put(outbox, "changes");
      };
    };
  });
}

function changed() {
  dispatchEvent(new Event("kept"));
}

/**
 * When a page is opened, by whoever the server says is signed in; without a network, by whoever it was. `handover` is what the page was
 * rendered from.
 */
async function start(handover) {
  const { body } = document;
  withOffers((offers) => {
    offers.offerUpdates();
    offers.offerInstallation();
    if (body.dataset.account) offers.tellAgain(body.dataset.account).catch(unwritten);
    if (handover?.startsWith('{"Search":')) offers.keepServedResults(handover);
  }).catch(unwritten);
  const isShell = body.hasAttribute("data-kept") || !(body.hasAttribute("data-rendered") || body.hasAttribute("data-plain"));
  let told = body.dataset.account ?? "";
  const { signedOut, account: before } = await editOutbox((outbox) => ({ ...outbox, account: owner().account || outbox.account }));
  if (signedOut) {
    told = "";
    if (!await endSession()) return;
  }
  if (told && told !== before) {
    if (before) {
      forgetRecords();
      await forgetResults();
    }
    setOwner(told, 0);
  }
  let gone = [];
  await editOutbox((outbox) => {
    // What somebody else was typing.
    if (told && told !== before) outbox.drafts = {};
    // What local storage lost with the browser, the database still has.
    if (!owner().account && outbox.account) setOwner(outbox.account, 0);
    outbox.account = owner().account;
    // Also what was taken out while this page was still beginning.
    gone = shelf.ids([GONE]);
    for (const key of gone) {
      const { base = "", title = "" } = shelf.get(key) ?? {};
      rules.push(outbox, { id: key.slice(GONE.length), stamp: stamp(), base, thing: null }, outbox.account, title);
    }
    rules.putRight(shelf, outbox, outbox.account, stamp);
  });
  gone.forEach(shelf.remove);
  isSignedIn = told !== "" || (isShell && owner().account !== "");
  // On most first visits there is nothing to tell.
  if (isSignedIn || unsent.length > 0) changed();
  send();
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
}

/** Keeps a record; `base` is the stamp of what was seen of it. Whether there was room. */
function put(id, record, base, title) {
  const mark = { stamp: stamp(), unsent: true };
  const isKept = write(id, { ...record, mark });
  if (isKept) shelf.remove(GONE + id);
  if (isKept) push(id, base, mark.stamp, JSON.stringify(record), title).catch(unwritten);
  return isKept;
}

/** Takes a record out. */
function takeOut(id, record, title) {
  const base = record.mark?.stamp ?? "";
  write(GONE + id, { base, title });
  shelf.remove(id);
  push(id, base, stamp(), undefined, title).then(() => shelf.remove(GONE + id)).catch(unwritten);
}

// A change that could not be written down stands on the phone as unsent: the next start finds it.
function unwritten(error) {
  console.info("this phone could not keep something:", error.message);
}

/** Records that can be read. */
const all = (prefix) => shelf.ids().filter((id) => id.startsWith(prefix)).map((id) => shelf.get(id)).filter(Boolean);

/** A record was changed here, to `thing` (JSON), or taken out (nothing). */
async function push(id, base, stamp, thing, title) {
  const change = { id, stamp, base, thing: thing ? rules.toThing(id, JSON.parse(thing)) : null };
  const { account } = owner();
  await editOutbox((outbox) => rules.push(outbox, change, account, title));
  changed();
  send();
}

/** Sends what waits and asks for what is new. While a request is on its way another one follows it. */
async function send() {
  if (!isSignedIn) return;
  if (sending) {
    follows = true;
    return;
  }
  sending = true;
  const isThrough = await alone(exchange);
  sending = false;
  clearTimeout(retry);
  if (!isThrough) retry = setTimeout(send, PAUSE_MS);
  else if (follows) send();
  follows = false;
  await sendWaiting().catch(unwritten);
}

/** Applications and messages that were written without a network: a script of their own sends them. */
async function sendWaiting() {
  if (unsent.some(({ key, why }) => key && !why)) await (await import("/applications.js")).sendWaiting(phone);
}

/** One tab of the browser at a time. */
const alone = (work) => (navigator.locks ? navigator.locks.request("outbox", work) : work());

/** Whether the account has everything now, or there is no use in asking again. */
async function exchange() {
  for (;;) {
    const { account, revision } = owner();
    const changes = await editOutbox((outbox) => rules.toSend(outbox, account));
    let response;
    try {
      response = await ask("/api/kept/sync", JSON.stringify({ account, since: revision, changes }));
    } catch {
      return changes.length === 0; // no network: what waits stays in the outbox
    }
    if (response.status === 401) isSignedIn = false;
    // What this version of the page says is not understood any more.
    if (response.status === 400) dispatchEvent(new Event("kept-outdated"));
    if (!response.ok) return response.status < 500 || changes.length === 0;
    const answer = await response.json().catch(() => undefined);
    if (!answer) return changes.length === 0;
    const hasWork = await editOutbox((outbox) => {
      if (rules.answered(shelf, outbox, answer)) setOwner(answer.account, answer.revision);
      return rules.hasWork(outbox, account);
    });
    if (answer.entries.length + answer.done.length + answer.refused.length > 0) changed();
    if (!hasWork || changes.length === 0) return true;
  }
}

/** Asks the server: a GET, or a POST where there is a body. */
function ask(path, body) {
  if (body === undefined) return fetch(path);
  const type = body ? "application/json" : "application/x-www-form-urlencoded";
  return fetch(path, { method: "POST", headers: { "content-type": type }, body });
}

/** Sends what waits, once; whether the account has everything then. */
async function sendNow() {
  await alone(exchange);
  await sendWaiting();
  changed();
  return unsent.length === 0;
}

/** A record was damaged and discarded: the account tells everything anew. */
function refetch() {
  setOwner(owner().account, 0);
  send();
}

/** Takes all records off this phone; `still` is whose they were, where that is still to be known. */
function forgetRecords(still) {
  known = undefined;
  for (const key of Object.keys(localStorage)) {
    if (key === OWNER || key === LOOKS || [GONE, ...PREFIXES].some((prefix) => key.startsWith(prefix))) localStorage.removeItem(key);
  }
  if (still) setOwner(still.account, still.revision);
}

async function forgetResults() {
  if (localStorage.getItem("push")) await (await import(OFFERS)).endPushes().catch(unwritten);
  if ("caches" in window) await Promise.all([RESULTS, PERSONAL].map((name) => caches.delete(name)));
}

/** Takes everything off this phone, sent or not; if told so, the session is to be ended too, now or later. */
async function clear(endsSession) {
  forgetRecords();
  isSignedIn = false;
  await forgetResults();
  await editOutbox((outbox) => Object.assign(outbox, { pending: [], waiting: [], drafts: {}, signedOut: endsSession, account: "" }));
  changed();
}

/** Ends the session that was left here, perhaps without a network. Whether it is over. */
async function endSession() {
  try {
    const response = await ask("/account/sign-out", "");
    if (!response.ok) return false;
  } catch {
    return false;
  }
  await editOutbox((outbox) => { outbox.signedOut = false; });
  return true;
}

// What was looked at last: on this phone alone.
const LOOKS = "looks";
const MOST_LOOKS = 20;

function looks() {
  try {
    return JSON.parse(localStorage.getItem(LOOKS)) ?? [];
  } catch {
    return []; // damaged, or the browser keeps nothing
  }
}

/** A sheet was opened. */
function lookedAt(number, title) {
  const others = looks().filter((look) => look.number !== number);
  write(LOOKS, [{ number, title, at: Date.now() }, ...others].slice(0, MOST_LOOKS));
}

const forgetLooks = () => localStorage.removeItem(LOOKS);

// Before the program shows anything: whoever is signed in now sees nothing of whoever was before. `start` does the rest.
const now = document.body?.dataset.account;
if (now && owner().account && now !== owner().account) forgetRecords(owner());

/** What the program asks about. */
export const phone = {
  all, ask, clear, edit: editOutbox, endSession, forgetLooks, lookedAt, looks, offerInstallation, push, put, refetch, sendNow, stamp, start, takeOut,
  signedIn: () => isSignedIn,
  account: () => owner().account,
  hasAccount: () => owner().account !== "",
  /** The titles of what the account does not have yet; behind a line break, why it was refused. */
  unsent: () => unsent.map(({ title, refused }) => (refused ? `${title}\n${refused}` : title)),
};

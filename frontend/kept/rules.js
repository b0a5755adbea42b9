// What a phone does with what it keeps when something is changed on it, when the account has answered, and when it starts again. The rules
// of conflict stand in app/src/kept/mod.rs; end2end/specs/kept-model.spec.js holds this and the server against them.
//
// A change: { id, stamp, base, thing }. `stamp` names it; stamps of one phone are in the order in which they were made. `base` is the
// stamp that its phone had seen last, `thing` what it is now, null if it was taken out.
// The outbox: { pending: [a change with { owner, title, sent, refused }], signedOut, account }. `owner` is the account's tag, "" before signing in.
// A shelf keeps records by id: get, put, remove, ids. `record.mark`: { stamp, unsent }.

/** How many changes are sent together. */
export const SENT_TOGETHER = 50;

const FAVORITE = "favorite:";

const isOf = (pending, account) => pending.owner === "" || pending.owner === account;
const isUnsent = (record) => Boolean(record?.mark?.unsent);
const knows = (outbox, record) => outbox.pending.some(({ stamp }) => stamp === record.mark.stamp);

/** What of a record is sent: not what the phone keeps for itself. */
export function toThing(id, { copy, gone_on, mark, ...record }) {
  return id.startsWith(FAVORITE) ? { favorite: record } : { search: record };
}

/** The record of a thing, with what this phone knew of it. */
function toRecord(thing, own, mark) {
  const record = thing.favorite ?? thing.search;
  return thing.favorite ? { ...record, copy: own?.copy ?? null, gone_on: own?.gone_on ?? null, mark } : { ...record, mark };
}

/** Puts a change in. What waits of the same thing and was not sent yet is replaced: nobody has seen it. */
export function push(outbox, change, owner, title) {
  const last = outbox.pending.filter((other) => other.id === change.id && other.owner === owner).at(-1);
  if (last && !last.sent) Object.assign(last, change, { base: last.base, title, refused: null });
  else outbox.pending.push({ ...change, owner, title, sent: false, refused: null });
  // Kept and taken out again, and nobody knows of it.
  outbox.pending = outbox.pending.filter((other) => other.sent || other.thing || other.base);
}

/** What is to be sent to this account now. From now on it may have been taken, and comes again as it is. */
export function toSend(outbox, account) {
  const own = outbox.pending.filter((pending) => isOf(pending, account) && !pending.refused).slice(0, SENT_TOGETHER);
  for (const pending of own) Object.assign(pending, { sent: true, owner: account });
  return own.map(({ id, stamp, base, thing }) => ({ id, stamp, base, thing }));
}

/** Whether something waits for this account that can be sent. */
export const hasWork = (outbox, account) => outbox.pending.some((pending) => isOf(pending, account) && !pending.refused);

/** What this account does not have yet; applications and messages, too, that wait (frontend/applications/waiting.js). */
export const unsent = (outbox, account) =>
  [...outbox.pending.filter((pending) => isOf(pending, account)), ...(outbox.waiting ?? []).filter(({ owner }) => owner === account)];

/**
 * Takes in what the account answered. What waits is newer than the answer, and so is what was changed a moment ago and is on its way into
 * the outbox. Gives whether everything was taken in: if not, the phone has to be told again.
 */
export function answered(shelf, outbox, { account, is_all, entries, done, refused }) {
  outbox.pending = outbox.pending.filter(({ stamp }) => !done.includes(stamp));
  for (const pending of outbox.pending) {
    const why = refused.find(([stamp]) => stamp === pending.stamp)?.[1];
    if (why) Object.assign(pending, { refused: why, sent: false });
  }
  const waits = (id) => outbox.pending.some((pending) => pending.id === id && isOf(pending, account));
  const isNewer = (record) => isUnsent(record) && !done.includes(record.mark.stamp);
  let isWhole = true;
  for (const { id, stamp, thing } of entries) {
    const own = shelf.get(id);
    if (waits(id) || isNewer(own)) isWhole = false;
    else if (!thing) shelf.remove(id);
    // Of a kind that a later version knows, there is nothing to keep here.
    else if (thing.favorite || thing.search) shelf.put(id, toRecord(thing, own, { stamp, unsent: false }));
  }
  if (is_all) {
    const there = new Set(entries.map(({ id }) => id));
    for (const id of shelf.ids()) if (!there.has(id) && !waits(id) && !isNewer(shelf.get(id))) shelf.remove(id);
  }
  return isWhole;
}

/**
 * When the phone starts: what was tapped just before the browser was ended stands in the outbox, but local storage is written late and may
 * not have it. And what stands on the phone and neither in the outbox nor in the account goes into the outbox, based on nothing, so that
 * it is joined to what the account has, even if the phone's clock was moved and this is no newer.
 */
export function putRight(shelf, outbox, account, stamp) {
  const last = new Map(outbox.pending.filter((pending) => isOf(pending, account)).map((pending) => [pending.id, pending]));
  for (const [id, change] of last) {
    const own = shelf.get(id);
    const isNewer = isUnsent(own) && own.mark.stamp > change.stamp && !knows(outbox, own);
    if (isNewer || own?.mark?.stamp === change.stamp) continue;
    if (!change.thing) shelf.remove(id);
    else shelf.put(id, toRecord(change.thing, own, { stamp: change.stamp, unsent: true }));
  }
  for (const id of shelf.ids()) {
    const own = shelf.get(id);
    if (!own || (own.mark?.stamp && (!own.mark.unsent || knows(outbox, own)))) continue;
    const mark = { stamp: stamp(), unsent: true };
    shelf.put(id, { ...own, mark });
    for (const other of outbox.pending) if (other.id === id) other.sent = true;
    push(outbox, { id, stamp: mark.stamp, base: "", thing: toThing(id, own) }, account, titleOf(own));
  }
}

/** What a person calls it. */
export const titleOf = (record) => record.name ?? record.saved?.title ?? "";

// Three phones and an account, in any order of taps, lost requests, lost answers, requests that come twice, browsers that are ended and
// storage that is wiped: they agree in the end, and no note is lost that nobody has seen. The phones are frontend/kept/rules.js as it runs in
// browsers, the account is the server's. The rules stand in app/src/kept/mod.rs.
import * as rules from "../../frontend/kept/rules.js";
import { POSTING } from "../support/pages.js";
import { address, signUp } from "../support/people.js";
import { expect, test } from "../support/test.js";

const RUNS = 60;
const STEPS = 60;

/** Numbers that follow from a seed (mulberry32). */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const clone = (value) => structuredClone(value);

class Phone {
  records = new Map();
  /** As local storage was before the last change: what it has after the browser was ended, perhaps. */
  written = new Map();
  outbox = { pending: [], signedOut: false };
  revision = 0;
  request = undefined;
  answer = undefined;

  get shelf() {
    const { records } = this;
    return {
      get: (id) => clone(records.get(id) ?? null),
      put: (id, record) => records.set(id, clone(record)),
      remove: (id) => records.delete(id),
      ids: () => [...records.keys()],
    };
  }
}

class World {
  phones = [new Phone(), new Phone(), new Phone()];
  next = 0;
  words = new Set();
  /** Words that somebody who read them has taken away, or that were wiped with a phone before the account said that it has them. */
  forgotten = new Set();

  constructor(run, draw, account, sync) {
    Object.assign(this, { run, draw, account, sync });
    this.ids = [1, 2].map((n) => `favorite:13010-${run * 2 + n}`);
  }

  stamp() {
    this.next += 1;
    return `${String(this.next).padStart(8, "0")}-${this.run}`;
  }

  forget(note) {
    for (const words of this.words) if (note.includes(words)) this.forgotten.add(words);
  }

  put(phone, id, record, base) {
    const mark = { stamp: this.stamp(), unsent: true };
    phone.written = clone(phone.records);
    phone.records.set(id, { ...record, mark });
    rules.push(phone.outbox, { id, stamp: mark.stamp, base, thing: rules.toThing(id, record) }, this.account, "");
  }

  tap(phone, id) {
    const record = phone.records.get(id);
    if (!record) {
      const saved = { title: "t", name: null, place: null, wage: {}, deadline: "2030-01-01", closed: false };
      this.put(phone, id, { version: 1, number: id.slice(9), added_at: 1, note: "", saved, from_sheet: true }, "");
      return;
    }
    this.forget(record.note);
    phone.written = clone(phone.records);
    phone.records.delete(id);
    rules.push(phone.outbox, { id, stamp: this.stamp(), base: record.mark.stamp, thing: null }, this.account, "");
  }

  write(phone, id, replaces) {
    const record = phone.records.get(id);
    if (!record) return;
    const words = `<${this.run}.${this.next}>`;
    this.words.add(words);
    if (replaces) this.forget(record.note);
    this.words.add(words);
    this.put(phone, id, { ...record, note: replaces ? words : record.note + words }, record.mark.stamp);
  }

  send(phone) {
    if (phone.request || phone.answer) return;
    phone.request = { account: this.account, since: phone.revision, changes: clone(rules.toSend(phone.outbox, this.account)) };
  }

  async arrive(phone, again) {
    if (!phone.request) return;
    if (again) await this.sync(phone.request);
    phone.answer = await this.sync(phone.request);
  }

  receive(phone, isLost) {
    const { answer } = phone;
    if (!answer) return;
    phone.request = undefined;
    phone.answer = undefined;
    if (isLost) return;
    if (rules.answered(phone.shelf, phone.outbox, answer)) phone.revision = answer.revision;
    phone.written = clone(phone.records);
  }

  /** The browser is ended: what local storage wrote last may be gone. */
  end(phone, isRecordLost) {
    if (isRecordLost) phone.records = clone(phone.written);
    phone.request = undefined;
    phone.answer = undefined;
    rules.putRight(phone.shelf, phone.outbox, this.account, () => this.stamp());
    phone.written = clone(phone.records);
  }

  wipe(nth) {
    for (const { thing } of this.phones[nth].outbox.pending) this.forget(thing?.favorite.note ?? "");
    this.phones[nth] = new Phone();
  }

  async step() {
    const nth = this.draw(3);
    const phone = this.phones[nth];
    const id = this.ids[this.draw(2)];
    const kind = this.draw(22);
    if (kind < 3) this.tap(phone, id);
    else if (kind < 6) this.write(phone, id, true);
    else if (kind < 8) this.write(phone, id, false);
    else if (kind < 12) this.send(phone);
    else if (kind < 16) await this.arrive(phone, this.draw(2) === 0);
    else if (kind < 20) this.receive(phone, this.draw(3) === 0);
    else if (kind < 21) this.end(phone, this.draw(2) === 0);
    else this.wipe(nth);
  }

  /** The network is there for everybody, until nothing waits and nothing is new. */
  async settle() {
    for (let round = 0; round < 3; round += 1) {
      for (const phone of this.phones) {
        do {
          this.receive(phone, true);
          phone.request = undefined;
          this.send(phone);
          await this.arrive(phone, false);
          this.receive(phone, false);
        } while (phone.outbox.pending.length > 0);
      }
    }
  }

  notes(phone) {
    return Object.fromEntries(this.ids.filter((id) => phone.records.has(id)).map((id) => [id, phone.records.get(id).note]));
  }
}

test("three phones agree in the end, and no note is lost that nobody has seen", async ({ page, site }) => {
  test.setTimeout(180_000);
  await signUp(page, site, address());
  await page.goto(`/postings/${POSTING.number}`);
  const account = await page.locator("body").getAttribute("data-account");
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const sync = async (request) => {
    const headers = { cookie, "sec-fetch-site": "same-origin", "content-type": "application/json" };
    const response = await fetch(`${site.address}/api/kept/sync`, { method: "POST", headers, body: JSON.stringify(request) });
    expect(response.status).toBe(200);
    return response.json();
  };
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  console.log(`SEED=${seed}`);
  for (let run = 0; run < RUNS; run += 1) {
    const world = new World(run, random(seed * 1000 + run), account, sync);
    for (let step = 0; step < STEPS; step += 1) await world.step();
    await world.settle();
    const { entries } = await sync({ account, since: 0, changes: [] });
    const live = Object.fromEntries(entries.filter(({ id }) => world.ids.includes(id)).map(({ id, thing }) => [id, thing.favorite.note]));
    const told = `SEED=${seed}, run ${run}`;
    for (const phone of world.phones) {
      expect(world.notes(phone), told).toEqual(Object.fromEntries(world.ids.filter((id) => id in live).map((id) => [id, live[id]])));
      expect([...phone.records.values()].filter(({ mark }) => mark.unsent), told).toEqual([]);
    }
    const lost = [...world.words].filter((words) => !world.forgotten.has(words) && !Object.values(live).some((note) => note.includes(words)));
    expect(lost, told).toEqual([]);
  }
});

// Applications and messages that are written without a network: they wait in the outbox of the phone (frontend/kept/phone.js) and are sent once. Pages that
// show them: /applications, /applications/write (kept by the service worker for reading without a network), /messages. Nothing that is special-care
// personal information comes here: applications to reserved postings wait in their open page alone.

/** What waits for the account that is signed in here. */
const own = (outbox, phone) => (outbox.waiting ?? []).filter(({ owner }) => owner === phone.account());

/** A key that names what is sent: 64 hexadecimal digits. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Puts something aside: { key, title, path, page, fields }; the same key again changes nothing. `page` is where it can be written anew. On the disk when the
 * promise is kept.
 */
export async function putAside(phone, { key, title, path, page, fields }) {
  const owner = phone.account();
  const entry = { owner, key, title, path, page, fields: [...fields, ["key", key], ["account", owner]] };
  await phone.edit((outbox) => {
    const waiting = outbox.waiting ?? [];
    outbox.waiting = waiting.some((other) => other.key === key) ? waiting : [...waiting, entry];
  });
}

/** Takes something out that is not to be sent any more. */
const discard = (phone, key) => phone.edit((outbox) => { outbox.waiting = outbox.waiting.filter((entry) => entry.key !== key); });

/** Sends what waits, one after the other; one tab at a time. What the server refuses stays with the reason. */
export async function sendWaiting(phone) {
  const work = async () => {
    for (;;) {
      const next = await phone.edit((outbox) => own(outbox, phone).find(({ why }) => !why));
      if (!next || !await sendOne(phone, next)) return;
      dispatchEvent(new Event("kept"));
    }
  };
  await (navigator.locks ? navigator.locks.request("waiting", work) : work());
}

/** Whether it came to an end: sent, or refused. */
async function sendOne(phone, { key, path, fields }) {
  let response;
  try {
    response = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  } catch {
    return false;
  }
  // Signed out, not ours by the look of it, too much at once, or broken: another time.
  if ([401, 403, 408, 429].includes(response.status) || response.status >= 500) return false;
  const why = response.ok ? undefined : (await response.json().catch(() => ({}))).why?.join("") || String(response.status);
  await phone.edit((outbox) => {
    outbox.waiting = outbox.waiting.flatMap((entry) => (entry.key !== key ? [entry] : why ? [{ ...entry, why }] : []));
  });
  return true;
}

const phone = await window.mypageKeep();
showAsOf();
const list = document.getElementById("unsent-applications");
if (list) showWaiting();
const writing = document.getElementById("apply-offline");
if (writing) startWriting();
const message = document.getElementById("message");
if (message) startMessage();

/** A page that the service worker kept says of when it is. */
function showAsOf() {
  const notice = document.getElementById("as-of");
  const at = document.body.dataset.asOf;
  if (!notice || !at) return;
  const when = new Intl.DateTimeFormat("ja", { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Tokyo" }).format(new Date(at));
  notice.textContent = notice.dataset.words.replace("{date}", when);
  notice.hidden = false;
}

/** What waits, with what was written: a refused text can be read, and written anew; it is discarded by a second press alone. */
function showWaiting() {
  const { heading, unsent, refused, text, rewrite, discard: discarding, sure } = list.dataset;
  const element = (name, content, more = {}) => Object.assign(document.createElement(name), { textContent: content, ...more });

  function item({ key, title, why, page, fields }) {
    const written = fields.filter(([field]) => ["motivation", "remarks", "body"].includes(field)).map(([, value]) => value).join("\n\n");
    const details = document.createElement("details");
    details.append(element("summary", text), element("p", written, { className: "lines" }));
    const button = element("button", discarding, { type: "button", className: "button button-text" });
    const note = element("p", "", { role: "status" });
    button.addEventListener("click", () => {
      if (note.textContent) return discard(phone, key).then(draw);
      note.textContent = sure;
    });
    const again = why && page ? [element("a", rewrite, { href: `${page}#waiting=${key}`, className: "button button-secondary" })] : [];
    const own = document.createElement("li");
    own.append(element("strong", title), ` ${why ? refused.replace("{why}", why) : unsent}`, details, ...again, button, note);
    return own;
  }

  async function draw() {
    const waiting = await phone.edit((outbox) => own(outbox, phone));
    const all = document.createElement("ul");
    all.append(...waiting.map(item));
    list.replaceChildren(...waiting.length > 0 ? [element("h2", heading), all] : []);
  }

  addEventListener("kept", draw);
  draw();
}

/** What was refused and is to be written anew: its fields, and it is taken out of what waits. Nothing if the address names none. */
export async function takeBack(phone) {
  const key = location.hash.match(/^#waiting=(\w+)$/)?.[1];
  if (!key) return undefined;
  history.replaceState(null, "", location.pathname);
  return phone.edit((outbox) => {
    const entry = own(outbox, phone).find((other) => other.key === key && other.why);
    if (entry) outbox.waiting = outbox.waiting.filter((other) => other.key !== key);
    return entry?.fields;
  });
}

/** The form that the service worker keeps, for the posting that the address names. */
async function startWriting() {
  const words = writing.dataset;
  const number = location.pathname.split("/")[2] ?? "";
  const form = writing.querySelector("form");
  const status = document.getElementById("kept-status");
  const sheet = phone.all("favorite:").find((favorite) => favorite.number === number)?.copy;
  const why = !phone.hasAccount() ? words.noAccount
    : !sheet ? words.noSheet
    : !sheet.tags.includes(words.selfTag) ? words.notAccepted
    : sheet.tags.includes(words.reservedTag) ? words.reserved : undefined;
  if (why) return void (status.textContent = why);
  document.getElementById("apply-title").textContent = sheet.title;
  const name = `application:${number}`;
  const typed = () => [...new FormData(form)];
  const draft = await phone.edit((outbox) => outbox.drafts?.[name]);
  for (const [field, value] of draft?.fields ?? []) {
    const input = form.elements[field];
    if (input?.type === "checkbox") input.checked = true;
    else if (input) input.value = value;
  }
  form.hidden = false;
  const key = newKey();
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => phone.edit((outbox) => {
      outbox.drafts = { ...outbox.drafts, [name]: { account: phone.account(), fields: typed() } };
    }).then(() => { status.textContent = words.here; }), 300);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const { understood, motivation } = form.elements;
    if (!understood.checked || !motivation.value.trim()) {
      status.textContent = words.lacking;
      return void (understood.checked ? motivation : understood).focus();
    }
    if (form.hidden) return;
    form.hidden = true;
    const fields = [...typed(), ["number", number], ["seen_on", sheet.today], ["seen_at", sheet.changed_at ?? 0]];
    await putAside(phone, { key, title: sheet.title, path: "/api/applications/send", page: `/postings/${number}/apply`, fields });
    await phone.edit((outbox) => { delete outbox.drafts?.[name]; });
    status.textContent = words.waits;
    document.getElementById("main").focus();
    dispatchEvent(new Event("kept"));
    sendWaiting(phone);
  });
}

/**
 * A message is put aside first and sent then, so that it is lost in no tunnel; with a file, or of a reserved posting, it needs a network. A second press while
 * it is on its way does nothing.
 */
async function startMessage() {
  const form = message.querySelector("form");
  const status = document.getElementById("message-state");
  const { thread, title, waits, files, reserved, stays, twice } = message.dataset;
  let isBusy = false;

  async function send() {
    const { body, documents, key } = form.elements;
    const needsNetwork = reserved !== undefined || documents.files.length > 0;
    if (needsNetwork) return await isReachable() ? form.submit() : void (status.textContent = reserved === undefined ? files : stays);
    const entry = { key: key.value, title, path: "/api/messages/send", page: `/messages/${thread}`, fields: [["thread", thread], ["body", body.value]] };
    try {
      await putAside(phone, entry);
    } catch {
      return form.submit(); // this phone keeps nothing
    }
    key.value = newKey();
    form.reset();
    status.textContent = waits;
    await sendWaiting(phone);
    const left = await phone.edit((outbox) => own(outbox, phone).find((other) => other.key === entry.key));
    dispatchEvent(new Event("kept"));
    if (!left) return location.assign(`${location.pathname}?said=sent`);
    if (left.why) {
      // It goes back to where it can be mended.
      status.textContent = left.why;
      body.value ||= entry.fields[1][1];
      await discard(phone, entry.key);
    }
  }

  form.addEventListener("submit", async (event) => {
    // What is missing, the server says.
    if (!isBusy && form.elements.documents.files.length === 0 && !form.elements.body.value.trim()) return;
    event.preventDefault();
    if (isBusy) return void (status.textContent = twice);
    isBusy = true;
    await send().finally(() => { isBusy = false; });
  });
  const body = (await takeBack(phone))?.find(([field]) => field === "body")?.[1];
  if (body) form.elements.body.value = body;
}

/** Whether the server answers at all: browsers believe in a network that leads nowhere. */
const isReachable = () => fetch("/shell", { method: "HEAD", cache: "no-store" }).then(() => true, () => false);

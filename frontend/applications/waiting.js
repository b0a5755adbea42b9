// Applications and messages that are written without a network: they wait in the outbox of the phone (frontend/kept/phone.js) and are sent once. Pages that
// show them: /applications, /applications/write (kept by the service worker for reading without a network), /messages. Nothing that is special-care
// personal information comes here: applications to reserved postings wait in their open page alone.

/** What waits for the account that is signed in here. */
const own = (outbox, phone) => (outbox.waiting ?? []).filter(({ owner }) => owner === phone.account());

/** Puts something aside: { title, path, fields }. On the disk when the promise is kept; gives the key that names it. */
export async function putAside(phone, { title, path, fields }) {
  const key = [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const owner = phone.account();
  const entry = { owner, key, title, path, fields: [...fields, ["key", key], ["account", owner]] };
  await phone.edit((outbox) => { outbox.waiting = [...outbox.waiting ?? [], entry]; });
  return key;
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
  if ([401, 429].includes(response.status) || response.status >= 500) return false;
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

function showWaiting() {
  const draw = async () => {
    const waiting = await phone.edit((outbox) => own(outbox, phone));
    const items = waiting.map(({ key, title, why }) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-text", textContent: list.dataset.discard });
      button.addEventListener("click", () => discard(phone, key).then(draw));
      item.append(Object.assign(document.createElement("strong"), { textContent: title }), ` ${why ? list.dataset.refused.replace("{why}", why) : list.dataset.unsent} `, button);
      return item;
    });
    const heading = Object.assign(document.createElement("h2"), { textContent: list.dataset.heading });
    const all = document.createElement("ul");
    all.append(...items);
    list.replaceChildren(...items.length > 0 ? [heading, all] : []);
  };
  addEventListener("kept", draw);
  draw();
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
    const fields = [...typed(), ["number", number], ["seen_on", sheet.today]];
    await putAside(phone, { title: sheet.title, path: "/api/applications/send", fields });
    await phone.edit((outbox) => { delete outbox.drafts?.[name]; });
    form.hidden = true;
    status.textContent = words.waits;
    document.getElementById("main").focus();
    dispatchEvent(new Event("kept"));
    sendWaiting(phone);
  });
}

/** A message is put aside first and sent then, so that it is lost in no tunnel; with a file it needs a network. */
function startMessage() {
  const form = message.querySelector("form");
  const status = document.getElementById("message-state");
  const { thread, title, waits, files } = message.dataset;
  form.addEventListener("submit", async (event) => {
    const { body, documents } = form.elements;
    const hasFile = documents.files.length > 0;
    // What is missing, the server says.
    if (!hasFile && !body.value.trim()) return;
    event.preventDefault();
    if (hasFile) return await isReachable() ? form.submit() : void (status.textContent = files);
    const key = await putAside(phone, { title, path: "/api/messages/send", fields: [["thread", thread], ["body", body.value]] });
    form.reset();
    status.textContent = waits;
    await sendWaiting(phone);
    const left = await phone.edit((outbox) => own(outbox, phone).find((entry) => entry.key === key));
    if (!left) location.assign(`${location.pathname}?said=sent`);
    else if (left.why) status.textContent = left.why;
    dispatchEvent(new Event("kept"));
  });
}

/** Whether the server answers at all: browsers believe in a network that leads nowhere. */
const isReachable = () => fetch("/shell", { method: "HEAD", cache: "no-store" }).then(() => true, () => false);

// The form of an application, with scripts: what is wrong is said as one types, by the rules that the server has (rules.wasm); what is typed is kept on this
// phone at once and on the server soon after. Without a network it can be put aside, to be sent when there is one. An application to a reserved posting
// stays in its open page until the server has it.
import init, { check_application as check } from "rules";
import { putAside, sendWaiting, takeBack } from "/applications.js";

const LOCAL_MS = 300;
const SERVER_MS = 1500;
const SEPARATOR = "\u001e";
// What a form carries beside what was typed.
const CARRIED = new Set(["account", "base", "confirmed", "do", "documents", "key", "ticket"]);

const place = document.getElementById("application");
const form = place.querySelector("form");
const words = place.dataset;
const isSecret = words.reserved !== undefined;
const name = `application:${words.number}`;
const state = document.getElementById("saved-state");
const offline = document.getElementById("offline");
const touched = new Set();
const phone = await window.mypageKeep();
let isReady = false;
let isDirty = false;
let isInConflict = false;
let saving = Promise.resolve();
// What was sent without an answer.
let unanswered = [];
let [local, server] = [0, 0];

const typed = () => [...new FormData(form)].filter(([field]) => !CARRIED.has(field));
// The texts, as the server has them.
const texts = () => JSON.stringify(["motivation", "remarks"].map((field) => form.elements[field].value.replaceAll("\r\n", "\n")));
const say = (text) => { state.textContent = text; };
const tell = (error) => console.info("the application works without it:", error.message);

/** The rules, once they are here. */
export const rules = init({ module_or_path: "/rules.wasm" }).then(() => {
  isReady = true;
  speak();
  return check;
});
rules.catch(tell);
for (const area of form.querySelectorAll("[data-most]")) count(area);
restore().catch(tell);

form.addEventListener("input", () => {
  isDirty = true;
  clearTimeout(local);
  clearTimeout(server);
  local = setTimeout(() => keepHere().catch(tell), LOCAL_MS);
  server = setTimeout(save, SERVER_MS);
});
form.addEventListener("change", ({ target }) => { touched.add(target.name); speak(); });
form.addEventListener("submit", submit);
addEventListener("online", () => { offline.hidden = true; if (isDirty) save(); });
addEventListener("beforeunload", (event) => { if (isSecret && isDirty) event.preventDefault(); });
offline.querySelector("button")?.addEventListener("click", wait);

/** What was typed, on this phone; what is special-care personal information only in the page that is open. */
async function keepHere() {
  if (isSecret) return;
  const draft = { account: form.elements.account.value, base: form.elements.base.value, fields: typed() };
  await phone.edit((outbox) => { outbox.drafts = { ...outbox.drafts, [name]: draft }; });
}

/** Saves on the server, one save after the other; whether it is in reach. */
function save() {
  clearTimeout(server);
  saving = saving.then(saveNow, saveNow);
  return saving;
}

/** What another device has written meanwhile is not overwritten: the next press shows it. */
async function saveNow() {
  if (isInConflict) return true;
  const before = JSON.stringify(typed());
  const { account, base } = form.elements;
  const sent = texts();
  const body = new URLSearchParams([...typed(), ["number", words.number], ["account", account.value], ["base", base.value]]);
  let response;
  try {
    response = await fetch("/api/applications/draft", { method: "POST", body });
  } catch {
    // It may have arrived all the same.
    unanswered.push(sent);
    say(isSecret ? words.unsaved : words.here);
    return false;
  }
  if (response.status === 401) return say(isSecret ? words.unsaved : words.signedOut), true;
  if (response.status === 409) {
    const theirs = await response.json();
    if (unanswered.includes(JSON.stringify([theirs.motivation, theirs.remarks]))) {
      // It was ours, whose answer was lost.
      unanswered = [];
      base.value = theirs.base;
      return saveNow();
    }
    isInConflict = true;
    return say(words.conflict), true;
  }
  if (!response.ok) return say(words.unsaved), true;
  base.value = (await response.json()).base;
  say(words.saved.replace("{time}", new Intl.DateTimeFormat("ja", { timeStyle: "short" }).format(new Date())));
  if (JSON.stringify(typed()) === before) {
    isDirty = false;
    clearTimeout(local);
    await phone.edit((outbox) => { delete outbox.drafts?.[name]; });
  }
  return true;
}

/** What an earlier visit left here. Where something newer stands on the server, it is offered, not put in its place. */
async function restore() {
  const refused = await takeBack(phone);
  if (refused) return fill(refused);
  const draft = await phone.edit((outbox) => outbox.drafts?.[name]);
  if (!draft || draft.account !== form.elements.account.value) return;
  if (draft.base === form.elements.base.value) return fill(draft.fields);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-text", textContent: words.take });
  button.addEventListener("click", () => fill(draft.fields).catch(tell));
  state.replaceChildren(words.left, " ", button);
}

function fill(fields) {
  const values = new Map(fields);
  for (const input of form.elements) {
    if (!input.name || CARRIED.has(input.name)) continue;
    if (input.type === "checkbox") input.checked = values.has(input.name);
    else if (values.has(input.name)) input.value = values.get(input.name);
  }
  for (const area of form.querySelectorAll("[data-most] textarea")) area.dispatchEvent(new Event("input"));
  return save();
}

/** A form goes only where there is a network: what was typed must not end on the browser's own page of errors. */
async function submit(event) {
  if (event.submitter?.dataset.sent !== undefined) return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector(".form-actions button");
  await keepHere().catch(tell);
  if (!await save()) {
    offline.hidden = false;
    offline.focus();
    return;
  }
  isDirty = false;
  button.dataset.sent = "";
  form.requestSubmit(button);
  delete button.dataset.sent;
}

/** Puts it aside, to be sent when there is a network: only what the rules would send, and once. */
async function wait() {
  if (place.hidden) return;
  touched.add("motivation").add("remarks").add("understood");
  if (isReady && speak().some(({ severity }) => severity === "error")) return form.querySelector("[aria-invalid]")?.focus();
  place.hidden = true;
  const fields = [...typed(), ["number", words.number], ["seen_at", words.seenAt]];
  const page = location.pathname;
  await putAside(phone, { key: form.elements.key.value, title: words.title, path: "/api/applications/send", page, fields });
  await phone.edit((outbox) => { delete outbox.drafts?.[name]; });
  isDirty = false;
  clearTimeout(local);
  clearTimeout(server);
  offline.querySelector("p").textContent = offline.dataset.waits;
  offline.querySelector("button").remove();
  place.before(offline);
  offline.focus();
  dispatchEvent(new Event("kept"));
  sendWaiting(phone).catch(tell);
}

/** The messages of the fields that were touched; gives all of them. */
function speak() {
  if (!isReady) return [];
  const text = typed().flat().map((part) => part.replaceAll(SEPARATOR, "")).join(SEPARATOR);
  const said = check(text, isSecret, form.elements.understood !== undefined).split("\n").map((line) => line.split("\t"));
  const messages = said.filter(([field]) => field).map(([field, severity, code, sentence]) => ({ field, severity, code, sentence }));
  for (const field of touched) show(field, messages.filter((message) => message.field === field));
  return messages;
}

function show(field, messages) {
  const paragraph = document.getElementById(`error-${field}`);
  const input = document.getElementById(`field-${field}`);
  if (!paragraph || !input) return;
  paragraph.replaceChildren(...messages.map(({ severity, sentence }) =>
    Object.assign(document.createElement("span"), { className: `field-${severity}`, textContent: sentence })));
  const ids = [document.getElementById(`hint-${field}`)?.id, messages.length > 0 ? paragraph.id : undefined].filter(Boolean).join(" ");
  if (ids) input.setAttribute("aria-describedby", ids);
  else input.removeAttribute("aria-describedby");
  if (messages.some(({ severity }) => severity === "error")) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

function count(area) {
  const field = area.querySelector("textarea");
  const line = Object.assign(document.createElement("p"), { className: "count" });
  area.append(line);
  const draw = () => { line.textContent = words.count.replace("{count}", [...field.value].length).replace("{most}", area.dataset.most); };
  field.addEventListener("input", draw);
  draw();
}

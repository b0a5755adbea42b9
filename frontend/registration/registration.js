// The pages of the registration, with scripts: what is wrong is said as one types, by the rules that the server has (rules.wasm); what is typed is
// kept on this phone at once and on the server soon after; a postal code brings its address. Without it every page works, by sending its form.
import init, { check, day, kept } from "rules";

// The rules, for tests that hold them against the server's.
export { check, init };

const LOCAL_MS = 300;
const SERVER_MS = 1500;
const LONGEST_TAP_MS = 800;
const SEPARATOR = "\u001e";
// What a form carries beside what was typed.
const CARRIED = new Set(["account", "base", "confirmed", "do", "ticket"]);
// Special-care personal information never stands on the phone.
const SECRET = new Set(["disability"]);

const place = document.getElementById("registration");
const form = place?.querySelector("form");
// A tap that leaves a field begins before the field tells that it has changed. A message that came in between would move what is tapped away from
// under the finger: it waits for the end of the tap.
let tap = Promise.resolve();
const tapped = () => tap;
addEventListener("pointerdown", () => {
  tap = new Promise((done) => {
    const end = () => setTimeout(done);
    for (const type of ["click", "pointercancel"]) addEventListener(type, end, { once: true, capture: true });
    setTimeout(done, LONGEST_TAP_MS);
  });
}, true);

function start() {
  const { section, today, secret, names = "" } = place.dataset;
  const words = place.dataset;
  const isSecret = secret !== undefined;
  const state = document.getElementById("saved-state");
  const touched = new Set([...form.querySelectorAll(".field-messages > span")].map((span) => span.parentElement.id));
  let phone;
  let isReady = false;
  let isConflict = false;
  let isDirty = false;
  let [local, server] = [0, 0];

  const typed = () => [...new FormData(form)].filter(([name]) => !CARRIED.has(name));
  const say = (text) => { state.textContent = text; };

  window.mypageKeep().then((module) => { phone = module; return restore(); }).catch(tell);
  init({ module_or_path: "/rules.wasm" }).then(() => { isReady = true; leftBefore().forEach(judge); }).catch(tell);

  form.addEventListener("input", changed);
  form.addEventListener("change", ({ target }) => { changed(); tapped().then(() => look(target)).catch(tell); });
  form.addEventListener("submit", submit);
  addEventListener("online", () => isDirty && saveOnServer());
  addEventListener("pagehide", () => isDirty && keepHere());
  addEventListener("beforeunload", (event) => { if (isSecret && isDirty) event.preventDefault(); });
  for (const area of form.querySelectorAll("[data-most]")) count(area);

  function changed() {
    isDirty = true;
    clearTimeout(local);
    clearTimeout(server);
    local = setTimeout(() => keepHere().catch(tell), LOCAL_MS);
    server = setTimeout(saveOnServer, SERVER_MS);
  }

  /** What was typed, on this phone; what is secret only in the page that is open. */
  async function keepHere() {
    if (isSecret || !phone) return;
    const fields = typed().filter(([name]) => !SECRET.has(name));
    const draft = { account: form.elements.account.value, base: form.elements.base.value, fields };
    await phone.edit((outbox) => { outbox.drafts = { ...outbox.drafts, [section]: draft }; });
  }

  const forgetHere = () => phone?.edit((outbox) => { delete outbox.drafts?.[section]; });

  /** Saves on the server; whether it is there. */
  async function saveOnServer() {
    clearTimeout(server);
    if (isConflict) return false;
    const before = JSON.stringify(typed());
    let response;
    try {
      response = await send(typed(), form.elements.base.value);
    } catch {
      say(isSecret ? words.unsaved : words.here);
      return false;
    }
    if (response.status === 401) return say(isSecret ? words.unsaved : words.signedOut), false;
    if (response.status === 409) {
      isConflict = true;
      return say(words.conflict), false;
    }
    if (!response.ok) return say(words.refused), response.status < 500;
    form.elements.base.value = (await response.json()).revision;
    say(words.saved.replace("{time}", new Intl.DateTimeFormat("ja", { timeStyle: "short" }).format(new Date())));
    if (JSON.stringify(typed()) === before) {
      isDirty = false;
      clearTimeout(local);
      await forgetHere()?.catch(tell);
    }
    return true;
  }

  function send(fields, base) {
    const body = new URLSearchParams([...fields, ["account", form.elements.account.value], ["base", base]]);
    return fetch(`/api/registration/${section}`, { method: "POST", body });
  }

  /** What an earlier visit left here: it goes to the server now, and the page shows it. */
  async function restore() {
    const draft = await phone.edit((outbox) => outbox.drafts?.[section]);
    if (!draft) return;
    if (draft.account !== form.elements.account.value) return forgetHere();
    const same = JSON.stringify(typed().filter(([name]) => !SECRET.has(name))) === JSON.stringify(draft.fields);
    if (same) return forgetHere();
    const secrets = typed().filter(([name]) => SECRET.has(name));
    const response = await send([...draft.fields, ...secrets], draft.base);
    if (response.status === 409) {
      // Another device has saved since: the server's stands, and what is here is shown beside it.
      return fill(draft.fields), say(words.restoredConflict);
    }
    if (!response.ok) return;
    await forgetHere();
    location.reload();
  }

  function fill(fields) {
    for (const [name, value] of fields) {
      const field = form.elements[name];
      if (!field || field.length !== undefined && !(field instanceof HTMLSelectElement)) continue;
      if (field.type !== "checkbox" && field.type !== "radio") field.value = value;
    }
  }

  /** A form goes only where there is a network: what was typed must not end on the browser's own page of errors. */
  async function submit(event) {
    if (event.submitter?.dataset.sent !== undefined || !isDirty) return;
    event.preventDefault();
    const { submitter } = event;
    await keepHere().catch(tell);
    if (!(await saveOnServer()) && !isConflict && state.textContent !== words.signedOut) return state.scrollIntoView({ block: "center" });
    isDirty = false;
    const button = submitter ?? form.querySelector("button");
    button.dataset.sent = "";
    form.requestSubmit(button);
    delete button.dataset.sent;
  }

  /** A field was left: what hangs on it, its value as it is kept, and what is to be said of it. */
  function look(field) {
    if (field.name === "postal_code") fillAddress().catch(tell);
    if (field.name === "prefecture") showCities("").catch(tell);
    const area = field.closest?.("[data-most]");
    if (area) count(area);
    if (isReady) judge(field);
  }

  /** What the rules make of a field that was left. */
  function judge(field) {
    if (field instanceof HTMLInputElement && field.type === "text") {
      field.value = kept(section, field.name, field.value) || field.value;
      const beside = document.getElementById(`beside-${field.id}`);
      if (beside) beside.textContent = day(field.value);
    }
    touched.add(`error-${field.name.replaceAll(".", "-")}`);
    speak();
  }

  /** The fields that were left before the rules had arrived: on a bad connection that is most of the form. */
  function leftBefore() {
    const fields = [...form.querySelectorAll("input[type=text], textarea")];
    return fields.filter((field) => field !== document.activeElement && field.value !== field.defaultValue);
  }

  /** The messages of the fields that were touched. What is missing is said when the form is sent: nobody has got there yet. */
  function speak() {
    const text = typed().flat().map((part) => part.replaceAll(SEPARATOR, "")).join(SEPARATOR);
    const said = new Map();
    for (const line of check(section, text, names, today).split("\n")) {
      const [name, severity, code, sentence] = line.split("\t");
      const id = `error-${name.replaceAll(".", "-")}`;
      if (!sentence || code === "required" || !touched.has(id)) continue;
      said.set(id, [...(said.get(id) ?? []), { severity, sentence }]);
    }
    for (const id of touched) show(id, said.get(id) ?? []);
  }

  function show(id, messages) {
    const paragraph = document.getElementById(id);
    if (!paragraph) return;
    const spans = messages.map(({ severity, sentence }) =>
      Object.assign(document.createElement("span"), { className: `field-${severity}`, textContent: sentence }));
    paragraph.replaceChildren(...spans);
    const name = id.slice("error-".length);
    const field = document.getElementById(`field-${name}`);
    const described = field?.matches("input:not([type=radio], [type=checkbox]), select, textarea") ? field : field?.closest("fieldset");
    if (!described) return;
    const hint = document.getElementById(`hint-${name}`);
    const ids = [hint?.id, messages.length > 0 ? id : undefined].filter(Boolean).join(" ");
    if (ids) described.setAttribute("aria-describedby", ids);
    else described.removeAttribute("aria-describedby");
    if (described === field) {
      if (messages.some(({ severity }) => severity === "error")) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  async function fillAddress() {
    const { postal_code: code, prefecture, address_line: line } = form.elements;
    const response = await fetch(`/api/postal-codes/${encodeURIComponent(code.value)}`);
    if (!response.ok) return;
    const { towns } = await response.json();
    const only = (key) => (towns.every((town) => town[key] === towns[0][key]) ? towns[0][key] : "");
    if (only("prefecture")) prefecture.value = only("prefecture");
    await showCities(only("municipality"));
    if (!line.value.trim() && towns.length === 1) line.value = towns[0].town;
    const named = towns.map(({ town }) => town).filter(Boolean).slice(0, 20);
    document.getElementById("towns").textContent = named.length > 1 ? words.towns.replace("{towns}", named.join("、")) : "";
    changed();
  }

  async function showCities(chosen) {
    const { prefecture, municipality } = form.elements;
    const response = prefecture.value ? await fetch(`/api/places/${prefecture.value}`) : undefined;
    if (response && !response.ok) return;
    const cities = response ? await response.json() : [];
    municipality.replaceChildren(municipality.options[0], ...cities.map(({ code, name }) => new Option(name, code)));
    municipality.value = chosen;
  }

  function count(area) {
    const field = area.querySelector("textarea");
    let line = area.querySelector(".count");
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "count" });
      area.append(line);
      field.addEventListener("input", () => count(area));
    }
    line.textContent = words.count.replace("{count}", [...field.value].length).replace("{most}", area.dataset.most);
  }

  function tell(error) {
    console.info("the registration works without it:", error.message);
  }
}

if (form) start();

// Pages that the server writes and the phone fills: /saved-searches and /sign-out. The service worker keeps them, so that they open
// without a network. They stand in app/src/saved_searches/page.rs and app/src/account/sign_out_page.rs.
const mypage = await window.mypageKeep();
const status = document.getElementById("kept-status");

for (const hint of document.querySelectorAll("[data-without-scripts]")) hint.hidden = true;
if (document.getElementById("saved-searches")) showSearches();
if (document.getElementById("sign-out")) showSignOut();
if (document.getElementById("recently-viewed")) showLooks();

function copy(template) {
  return document.getElementById(template).content.cloneNode(true);
}

function showSearches() {
  const place = document.getElementById("saved-searches");
  const words = (text, values) => Object.entries(values).reduce((all, [name, value]) => all.replace(`{${name}}`, value), text);
  const news = new Map();
  const PREFIX = "search:";

  const searches = () => mypage.all(PREFIX).sort((a, b) => b.added_at - a.added_at);

  function draw() {
    const all = searches();
    const list = document.createElement("ul");
    list.className = "posting-list";
    list.append(...all.map(card));
    place.replaceChildren(all.length > 0 ? list : copy("no-saved-search"));
    const select = document.getElementById("search-instead");
    if (!select) return;
    const choices = all.map(({ id, name }) => new Option(words(place.dataset.instead, { name }), id));
    select.replaceChildren(select.options[0], ...choices);
    select.parentElement.hidden = all.length === 0;
  }

  function card(search) {
    const item = copy("saved-search").firstElementChild;
    const [link, tags, input, button] = ["a", ".tags", "input", "button"].map((selector) => item.querySelector(selector));
    link.textContent = search.name;
    link.href = `/postings?${search.query}`;
    link.addEventListener("click", () => see(search));
    tags.append(...(search.words ?? []).map((word) => Object.assign(document.createElement("li"), { className: "tag", textContent: word })));
    const day = new Date(`${search.seen.on}T00:00:00+09:00`);
    const date = new Intl.DateTimeFormat("ja", { dateStyle: "long", timeZone: "Asia/Tokyo" }).format(day);
    item.querySelector("[data-seen-on]").textContent = words(place.dataset.seen, { date });
    item.querySelector("strong").textContent = newOnes(search);
    input.id = `name-${search.id}`;
    item.querySelector("label").htmlFor = input.id;
    input.value = search.name;
    input.addEventListener("change", () => rename(search, input.value));
    button.addEventListener("click", () => remove(search));
    for (const of of item.querySelectorAll("[data-name]")) of.textContent = words(place.dataset.of, { name: search.name });
    return item;
  }

  function newOnes(search) {
    const found = news.get(search.id);
    if (!found || found.seen !== search.seen.on) return "";
    const n = Math.max(0, found.count - search.seen.count);
    return n > 0 ? words(place.dataset.new, { n }) : place.dataset.none;
  }

  // One request at a time; without a network nothing is said of new ones.
  async function count() {
    for (const { id, query, seen } of searches()) {
      const response = await mypage.ask(`/api/saved-searches/new?seen=${seen.on}&${query}`).catch(() => undefined);
      if (!response?.ok) return;
      news.set(id, { ...await response.json(), seen: seen.on });
      draw();
    }
  }

  // Who runs it again has seen what is there now.
  function see(search) {
    const found = news.get(search.id);
    if (found) keep({ ...search, seen: { on: found.today, count: found.of_today } });
  }

  function keep(search) {
    const isKept = mypage.put(PREFIX + search.id, search, search.mark?.stamp ?? "", search.name);
    if (!isKept) status.textContent = place.dataset.full;
    return isKept;
  }

  function rename(search, text) {
    const name = text.trim() || (search.words ?? []).join("、").slice(0, 60) || search.name;
    if (keep({ ...search, name })) status.textContent = place.dataset.renamed;
    draw();
  }

  function remove(search) {
    mypage.takeOut(PREFIX + search.id, search, search.name);
    draw();
    const undo = copy("undo").firstElementChild;
    status.replaceChildren(words(place.dataset.removed, { name: search.name }), " ", undo);
    undo.addEventListener("click", () => {
      keep({ ...search, mark: undefined });
      status.textContent = "";
      draw();
      document.getElementById(`name-${search.id}`)?.focus();
    });
    undo.focus();
  }

  const form = document.querySelector("#save-search form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const record = JSON.parse(form.parentElement.dataset.record);
    const all = searches();
    const instead = all.find(({ id }) => id === document.getElementById("search-instead").value);
    const before = all.find(({ id }) => id === record.id);
    if (!instead && !before && all.length >= Number(place.dataset.most)) {
      status.textContent = place.dataset.many;
      return;
    }
    const name = document.getElementById("search-name").value.trim() || record.name;
    const kept = before ?? instead;
    if (!keep({ ...record, name, added_at: kept?.added_at ?? record.added_at, mark: before?.mark })) return;
    if (instead && instead.id !== record.id) mypage.takeOut(PREFIX + instead.id, instead, instead.name);
    form.parentElement.remove();
    history.replaceState(null, "", "/saved-searches");
    status.textContent = words(place.dataset.saved, { name });
    draw();
    document.getElementById("main").focus();
    count();
  });

  addEventListener("kept", draw);
  draw();
  count();
}

function showSignOut() {
  const form = document.querySelector("#sign-out form");
  const button = form.querySelector("button");
  const notice = document.getElementById("unsent");
  const plain = button.textContent;

  function draw() {
    const titles = mypage.unsent().map((title) => title.split("\n")[0]);
    notice.hidden = titles.length === 0;
    notice.querySelector("ul").replaceChildren(...titles.map((title) => Object.assign(document.createElement("li"), { textContent: title })));
    button.textContent = titles.length === 0 ? plain : document.getElementById("sign-out").dataset.discard;
    button.classList.toggle("button-secondary", titles.length > 0);
    notice.querySelector("button").hidden = !mypage.signedIn();
  }

  // The phone is cleared at once; the session ends now, or without a network when the server is in reach again.
  async function leave() {
    await mypage.clear(true);
    if (await mypage.endSession()) {
      form.submit();
      return;
    }
    form.hidden = true;
    status.textContent = status.dataset.doneOffline;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  notice.querySelector("button").addEventListener("click", async () => {
    status.textContent = status.dataset.sending;
    if (await mypage.sendNow()) leave();
    else status.textContent = status.dataset.notSent;
  });
  addEventListener("kept", draw);
  draw();
}

function showLooks() {
  const place = document.getElementById("recently-viewed");
  const clear = document.getElementById("clear-viewed");
  const { format } = new Intl.DateTimeFormat("ja", { dateStyle: "long", timeZone: "Asia/Tokyo" });

  function draw() {
    const list = document.createElement("ul");
    list.append(...mypage.looks().map(({ number, title, at }) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: `/postings/${number}`, textContent: title });
      item.append(link, ` ${place.dataset.on.replace("{date}", format(at))}`);
      return item;
    }));
    clear.hidden = list.children.length === 0;
    place.replaceChildren(clear.hidden ? place.dataset.empty : list);
  }

  clear.addEventListener("click", () => {
    mypage.forgetLooks();
    status.textContent = place.dataset.cleared;
    draw();
    document.getElementById("main").focus();
  });
  draw();
}

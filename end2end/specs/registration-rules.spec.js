// The rules of the registration, in the browser as wasm and on the server as native code: random forms, sent as a forged request would send them,
// get the same messages in the same order (DESIGN.md "Validation once").
import { address, signUp } from "../support/people.js";
import { expect, test } from "../support/test.js";

const FORMS_A_SECTION = 25;
const SECTIONS = ["introduction", "disability", "wishes-work", "wishes-place", "education", "history", "publication", "basic"];
const ODD = [
  "", "", " ", "　", "ﾊﾛﾜ", "はなこ", "花子", "春和", "😀", "👩‍🏭", "か\u0301", "葛\u{e0100}城", "𠮷", "\u200b", "\ue000", "\ufffd", "<script>alert(1)</script>", "</textarea>", "\"'&",
  "2026-11-31", "2026-11-30", "2999-01-01", "昭和64年1月7日", "昭和64年1月8日", "令和元年5月1日", "S63.4.1", "1850-01-01", "2015-04", "平成27年4月", "current", "2020年13月",
  "0", "1", "7", "８", "61", "-1", "1.5", "99999999999", "20", "30", "1,300円", "20万", "1200", "9:00", "25:00", "22時",
  "100-0001", "1000001", "〒100ー0001", "0000", "090-0000-0000", "０３（００００）００００", "12", "a@b.example", "あ".repeat(61), "長".repeat(1001), "a\nb", "株式会社見本",
];

test.use({ expectedMessages: async ({}, use) => use([/Failed to load resource: the server responded with a status of 422/]) });

test("random forms get the same messages from the browser's rules and from the server", async ({ page, site }) => {
  test.setTimeout(180_000);
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  console.log(`SEED=${seed}`);
  await signUp(page, site, address());
  let compared = 0;
  let refused = 0;
  for (const section of SECTIONS) {
    // What makes the two sections that are asked of some only asked for.
    await page.goto("/registration/basic");
    await save(page, "basic", { disability: "yes", family_name: "春和", given_name: "花子", family_kana: "ハロワ", given_kana: "ハナコ" });
    await page.goto("/registration/publication");
    await save(page, "publication", { publish_to_employers: "yes" });
    await page.goto(`/registration/${section}`);
    for (let n = 0; n < FORMS_A_SECTION; n++) {
      const outcome = await page.evaluate(compare, { section, seed: seed + n, odd: ODD, today: await page.locator("#registration").getAttribute("data-today") });
      expect(outcome.server, `${section}, seed ${seed + n}: ${JSON.stringify(outcome.fields)}`).toEqual(outcome.browser);
      compared += 1;
      refused += outcome.server.length > 0 ? 1 : 0;
    }
  }
  expect(compared).toBe(FORMS_A_SECTION * SECTIONS.length);
  expect(refused).toBeGreaterThan(compared / 2);
});

function save(page, section, values) {
  return page.evaluate(async ([section, values]) => {
    const { account, base } = document.querySelector("#registration form").elements;
    const response = await fetch(`/api/registration/${section}`, { method: "POST", body: new URLSearchParams({ ...values, account: account.value, base: base.value }) });
    if (!response.ok) throw new Error(`${section} was not saved: ${response.status}`);
  }, [section, values]);
}

/** In the page: draws a form, checks it by the rules that browsers have, and sends it as a forged request. */
async function compare({ section, seed, odd, today }) {
  const rules = await import("/registration.js");
  window.loadedRules ??= rules.init({ module_or_path: "/rules.wasm" });
  await window.loadedRules;
  let state = seed * 2654435761 % 2 ** 32;
  const draw = (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const pick = (list) => list[draw(list.length)];
  const form = document.querySelector("#registration form");
  const names = [...new Set([...form.elements].map(({ name }) => name))].filter((name) => name && !["account", "base", "do", "confirmed", "ticket"].includes(name));
  const codes = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].flatMap((field) => (field.options ? [...field.options].map(({ value }) => value) : [field.value]));
  const fields = [];
  for (const name of names) {
    const known = codes(name).filter(Boolean);
    const times = form.querySelectorAll(`[type="checkbox"][name="${CSS.escape(name)}"]`).length > 1 ? draw(4) : 1;
    for (let n = 0; n < times; n++) fields.push([name, known.length > 0 && draw(5) > 0 ? pick(known) : pick(odd)]);
  }
  if (section === "history") for (const name of ["company", "from", "to", "form", "occupation", "duties"]) fields.push([`jobs.1.${name}`, pick(odd)]);
  const { dataset } = document.getElementById("registration");
  const said = rules.check(dataset.section, fields.flat().join("\u001e"), dataset.names ?? "", today);
  const browser = said.split("\n").filter(Boolean).map((line) => line.split("\t")[3]);
  const page = new DOMParser().parseFromString(await (await fetch(`/registration/${section}`)).text(), "text/html").querySelector("#registration form");
  const body = new URLSearchParams([...fields, ["account", page.elements.account.value], ["base", page.elements.base.value], ["do", "next"]]);
  const response = await fetch(`/registration/${section}`, { method: "POST", body, redirect: "manual" });
  const summary = response.type === "opaqueredirect" ? undefined : new DOMParser().parseFromString(await response.text(), "text/html").querySelectorAll(".error-summary li");
  return { fields, browser, server: [...(summary ?? [])].map(({ textContent }) => textContent) };
}

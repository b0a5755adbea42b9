// The rules of an application, in the browser as wasm and on the server as native code: random forms, sent as a forged request would send them, get the same
// messages in the same order (DESIGN.md "Validation once").
import { linkedPosting } from "../support/desks.js";
import { address, signUp } from "../support/people.js";
import { fillAll } from "../support/registrant.js";
import { expect, runs, test } from "../support/test.js";

const FORMS = 60;
const ODD = [
  "", "", " ", "　", "\n", "\u200b", "近いので", "障害があります", "障がいがあります", "手帳2級です", "車いすです", "<script>alert(1)</script>", "</textarea>", "\"'&", "😀", "\ufffd", "か\u0301",
  "長".repeat(1000), "長".repeat(1001), "長".repeat(2000), "長".repeat(2001), "a\r\nb", "葛\u{e0100}".repeat(1000),
];

test.use({ expectedMessages: async ({}, use) => use([/Failed to load resource: the server responded with a status of 422/]) });

test("random applications get the same messages from the browser's rules and from the server", async ({ page, site }) => {
  test.setTimeout(120_000);
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  console.log(`SEED=${seed}`);
  await signUp(page, site, address());
  await fillAll(page, true);
  await page.getByRole("button", { name: "この内容で登録する" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("登録が完了しました");
  for (const isReserved of [false, true]) {
    const { number } = await linkedPosting(site, 0, isReserved);
    await page.goto(`/postings/${number}/apply`);
    await runs(page);
    let refused = 0;
    for (let n = 0; n < FORMS; n++) {
      const outcome = await page.evaluate(compare, { seed: seed + n, odd: ODD, isReserved });
      expect(outcome.server, `reserved: ${isReserved}, seed ${seed + n}: ${JSON.stringify(outcome.fields)}`).toEqual(outcome.browser);
      refused += outcome.server.length > 0 ? 1 : 0;
    }
    expect(refused).toBeGreaterThan(FORMS / 3);
    expect(refused).toBeLessThan(FORMS);
  }
});

/** In the page: draws a form, checks it by the rules that browsers have, and sends it as a forged request. */
async function compare({ seed, odd, isReserved }) {
  const check = await (await import("/application-form.js")).rules;
  let state = seed * 2654435761 % 2 ** 32;
  const draw = (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const ticked = (name) => (draw(3) > 0 ? [[name, "yes"]] : []);
  // One in five is as it should be, so that both sides also say nothing.
  const right = [["motivation", "近いので"], ["remarks", "障害があります"], ["understood", "yes"], ["stated", "yes"]];
  const fields = seed % 5 === 0 ? right : [["motivation", odd[draw(odd.length)]], ["remarks", odd[draw(odd.length)]], ...ticked("understood"), ...ticked("stated")];
  const browser = check(fields.flat().join("\u001e"), isReserved, true).split("\n").filter(Boolean).map((line) => line.split("\t")[3]);
  const read = (text) => new DOMParser().parseFromString(text, "text/html");
  const form = read(await (await fetch(location.pathname)).text()).querySelector("#application form");
  const carried = ["account", "base", "key", "ticket"].map((name) => [name, form.elements[name].value]);
  const response = await fetch(location.pathname, { method: "POST", body: new URLSearchParams([...fields, ...carried, ["do", "preview"]]), redirect: "manual" });
  const summary = response.type === "opaqueredirect" ? [] : read(await response.text()).querySelectorAll(".error-summary li");
  return { fields, browser, server: [...summary].map(({ textContent }) => textContent) };
}

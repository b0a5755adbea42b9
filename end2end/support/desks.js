// Staff and employers at their desks, as demo mode has them.
import { expect } from "@playwright/test";
import { signInByCode } from "./people.js";

const PASSWORD = "tameshi-ni-tsukau";

/** Opens a page as somebody of demo mode, in a browser of their own; the way of this project, with scripts or without. */
export async function atDesk(browser, site, mode, email, path) {
  const context = await browser.newContext({ baseURL: site.address, locale: "ja-JP", javaScriptEnabled: mode !== "plain" });
  const page = await context.newPage();
  await page.goto(path);
  await signInByCode(page, site, email, PASSWORD);
  await expect(page).toHaveURL(new RegExp(path));
  return page;
}

/**
 * A posting that takes self-applications and whose employer has a page here. `place`: the how manieth, so that tests that run beside each other do not
 * apply for the same.
 */
export async function linkedPosting(site, place, isReserved = false) {
  const found = [];
  for (let page = 1; page < 10; page += 1) {
    const answer = await fetch(`${site.address}/api/postings/search?self=1${isReserved ? "&reserved=1" : ""}&page=${page}`);
    const { postings } = await answer.json();
    for (const { number } of postings) {
      const sheet = await (await fetch(`${site.address}/api/postings/${number}`)).json();
      const [own] = sheet.ways;
      if (own.links.some(([path]) => path.startsWith("/account/sign-in")) && sheet.tags.includes("障害者専用求人") === isReserved) found.push(sheet);
      if (found.length > place) return found[place];
    }
    if (postings.length === 0) break;
  }
  throw new Error("no posting is linked to an establishment");
}

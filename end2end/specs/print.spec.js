// A posting sheet on paper: one page of A4, as the official 求人票 is.
import { expect, test } from "../support/test.js";

const PER = 50;

/** How many pages the browser would print. */
async function printedPages(page) {
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test("the longest sheet of fifty and the shortest are printed on one page", async ({ page, request }) => {
  const { postings } = await (await request.get(`/api/postings/search?per=${PER}`)).json();
  expect(postings).toHaveLength(PER);
  const sheets = await Promise.all(postings.map(async ({ number }) => ({ number, length: (await (await request.get(`/api/postings/${number}`)).text()).length })));
  sheets.sort((a, b) => a.length - b.length);
  for (const { number } of [sheets.at(0), sheets.at(-1)]) {
    await page.goto(`/postings/${number}`);
    expect(await printedPages(page), number).toBe(1);
  }
});

test("more than a page of text is printed on more than one", async ({ page }) => {
  await page.setContent(`<p>${"あ".repeat(9_000)}</p>`);
  expect(await printedPages(page)).toBeGreaterThan(1);
});

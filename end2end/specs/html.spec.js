// The HTML as it comes over the wire, before any script: what search engines, old phones and readers without JavaScript get.
import { PAGES } from "../support/pages.js";
import { expect, test } from "../support/test.js";

for (const { name, path, title, heading, says, status = 200 } of PAGES) {
  test(`the HTML of ${name} has its whole content`, async ({ request }) => {
    const response = await request.get(path);
    expect(response.status()).toBe(status);
    const html = (await response.text()).replaceAll(/<!--.*?-->|<!>/gs, "");
    const inside = (tag) => [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, "gs"))].map(([, text]) => text.replaceAll(/<.*?>/g, ""));
    expect(inside("title")).toEqual([expect.stringMatching(title)]);
    expect(html).toContain('<html lang="ja">');
    expect(inside("h1")).toEqual([expect.stringMatching(heading)]);
    for (const text of says) expect(html).toContain(text);
  });

  test(`the HTML of ${name} has no element id twice and no style or handler in its text`, async ({ request }) => {
    const html = await (await request.get(path)).text();
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(html).not.toMatch(/<[^>]+\s(style|on[a-z]+)=/);
  });
}

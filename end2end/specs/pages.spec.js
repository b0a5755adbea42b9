// Every page, three ways in, two sizes.
import { PAGES } from "../support/pages.js";
import { NOT_FOUND, expect, expectAccessible, expectFitsWidth, test } from "../support/test.js";

for (const { name, path, status = 200, ...told } of PAGES) {
  test(`${name} shows its content, accessibly and within the width`, async ({ page, visit, mode, expectedMessages }) => {
    if (status === 404) expectedMessages.push(NOT_FOUND);
    const response = await visit(path);
    if (mode !== "offline") expect(response.status()).toBe(status);
    const { title, heading, says } = mode === "offline" ? { ...told, ...told.offline } : told;
    await expect(page).toHaveTitle(title);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    for (const text of says) await expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible();
    // axe needs timers, which stand still without JavaScript; the HTML is the one that the hydrated page takes over.
    if (mode !== "plain") await expectAccessible(page);
    await expectFitsWidth(page);
  });
}

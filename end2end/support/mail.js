// Reads what demo mode shows of mails at /dev/mail, as a person who tries the service out would.
import { expect } from "@playwright/test";

/** The text of the newest mail to an address whose text holds `says`; waits until it is there. */
export async function mailTo(site, address, says) {
  let text;
  await expect.poll(async () => {
    text = await newest(site, address, says);
    return text;
  }, { message: `a mail to ${address} that says ${says}` }).toBeTruthy();
  return text;
}

/** The mails to an address, by the paths of their pages. */
export async function mailsTo(site, address) {
  const list = await (await fetch(`${site.address}/dev/mail`)).text();
  const links = [...list.replaceAll(/<!.*?>/g, "").matchAll(/<a href="(\/dev\/mail\/[^"]+)">[^<]*<\/a>\s*([^<\s]+)/g)];
  return links.filter(([, , to]) => to === address).map(([, path]) => path);
}

/** The text of a mail to an address that was not among those `before`; waits until it is there. */
export async function nextMailTo(site, address, before) {
  let path;
  await expect.poll(async () => {
    path = (await mailsTo(site, address)).find((path) => !before.includes(path));
    return path;
  }, { message: `another mail to ${address}` }).toBeTruthy();
  return (await fetch(site.address + path)).text();
}

async function newest(site, address, says) {
  for (const path of await mailsTo(site, address)) {
    const text = await (await fetch(site.address + path)).text();
    if (text.includes(says)) return text;
  }
  return "";
}

/** The code in a mail. */
export function codeIn(text) {
  return text.match(/\b\d{4} \d{4}\b/)[0];
}

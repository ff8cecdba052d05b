// The pictures of README.md from a built site: node pictures.mjs SITE FOLDER. Needs what check.mjs needs.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, out] = process.argv.slice(2);
const require = createRequire(path.resolve(process.env.BROWSER_MODULES ?? ".", "package.json"));
const { chromium } = require("playwright-core");
const site = pathToFileURL(path.resolve(folder) + path.sep).href;
const PICTURES = [
  ["site-front", "index.html", "light"],
  ["site-claim", "claim/neuralink-20-30-patients.html", "dark"],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
for (const [name, page, colorScheme] of PICTURES) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 860 }, colorScheme });
  const shown = await context.newPage();
  await shown.goto(site + page);
  await shown.waitForTimeout(300);
  await shown.screenshot({ path: path.join(out, `${name}.png`) });
  await context.close();
}
await browser.close();

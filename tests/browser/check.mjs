// A built site in a real browser: node check.mjs SITE [SHOTS]
//
// Needs playwright-core and axe-core in the folder named by BROWSER_MODULES (its node_modules), and Chromium at
// CHROMIUM. With PAGES_ONLY nothing is filtered or sorted, for sites of one claim. With LEDGER set to the command and its options, what the filters find is compared with `ledger list`.
// Says what it did on stdout, exits 1 at the first thing that is wrong.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, shots] = process.argv.slice(2);
const require = createRequire(path.resolve(process.env.BROWSER_MODULES ?? ".", "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const site = pathToFileURL(path.resolve(folder) + path.sep).href;
const first = (kind) => `${kind}/${readdirSync(path.join(folder, kind)).filter((name) => name.endsWith(".html")).sort()[0]}`;
const PAGES = [
  "index.html",
  "claims.html",
  "score.html",
  first("claim"),
  ...["person", "topic", "series", "source"].filter((kind) => readdirSync(folder).includes(kind)).map(first),
  "people.html",
  "topics.html",
  "series.html",
  "sources.html",
  "method.html",
  "lines.html",
  "changes.html",
  first("embed"),
];
const WIDTHS = [320, 360, 768, 1280];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

async function opened(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => request.url().startsWith(site) || wrong.push(`asked for ${request.url()}`));
  page.on("requestfailed", (request) => {
    // What was given up because the next page was asked for is no failure.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") wrong.push(`not loaded: ${request.url()}`);
  });
  page.done = async () => {
    assert.deepEqual(wrong, []);
    await context.close();
  };
  return page;
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

// Every page, both schemes, three widths: no violation, nothing wider than the window, nothing from elsewhere.
for (const colorScheme of ["light", "dark"]) {
  for (const width of WIDTHS) {
    const page = await opened({ colorScheme, viewport: { width, height: 900 } });
    for (const name of PAGES) {
      await page.goto(site + name);
      assert.deepEqual(await violations(page), [], `${name} at ${width} in ${colorScheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${name} at ${width} is ${wide} pixels too wide`);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll(".state")]
          .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
          .filter(([, box]) => box.width > 0 && (box.right > window.innerWidth || box.left < 0))
          .map(([words]) => words),
      );
      assert.deepEqual(cut, [], `${name} at ${width}: states outside the window`);
      if (shots) await page.screenshot({ path: path.join(shots, `${name.replaceAll("/", "-")}-${width}-${colorScheme}.png`), fullPage: true });
    }
    await page.done();
  }
}
console.log(`${PAGES.length} pages, ${WIDTHS.length} widths, 2 schemes: no violation, no error, no request elsewhere`);

// Under its own security policy, as readers meet it.
{
  const page = await opened({ bypassCSP: false });
  for (const name of PAGES) await page.goto(site + name);
  await page.done();
}

if (process.env.PAGES_ONLY) {
  await browser.close();
  process.exit();
}

const list = await opened();
const found = async (query) => {
  await list.goto(`${site}claims.html${query}`);
  await list.waitForSelector("#filters:not([hidden])");
  if (query.includes("q=")) await list.waitForFunction(() => document.querySelector('script[src*="words-"]'));
  await list.waitForTimeout(60);
  for (;;) {
    const more = list.locator(".rest button");
    if (!(await more.isVisible())) break;
    await more.click();
  }
  return list.$$eval("#claims tbody th a", (links) => links.map((link) => new URL(link.href).pathname.split("/").pop().replace(/\.html$/, "")));
};

// The filters of list: the same claims in the same order.
if (process.env.LEDGER) {
  const [program, ...options] = process.env.LEDGER.split(" ");
  const data = await list.goto(`${site}claims.html`).then(() => list.textContent("#claims"));
  assert.ok(data.length > 0);
  const questions = (process.env.QUESTIONS ?? "--status open;--status open,overdue --kind target;--due-before 2027;--due-after 2025-Q4 --due-before 2027-06;--due-within 90d;--said-after 2024 --said-before 2025-H2;--search robot;--search THE --kind statement").split(";");
  for (const question of questions) {
    const words = question.trim().split(/\s+/);
    const query = new URLSearchParams();
    for (let i = 0; i < words.length; i += 2) query.set(words[i].slice(2).replace("search", "q"), words[i + 1]);
    const said = execFileSync(program, [...options, "list", "--columns", "id", ...words], { encoding: "utf8" }).split("\n").filter(Boolean);
    assert.deepEqual(await found(`?${query}`), said, question);
  }
  console.log(`${questions.length} questions: the same claims in the same order as ledger list`);
}

// Typing, ticking, clearing, the keys, and an address that keeps it all.
await list.goto(`${site}claims.html`);
await list.waitForSelector("#filters:not([hidden])");
const all = await list.textContent("#found");
await list.keyboard.press("/");
assert.equal(await list.evaluate(() => document.activeElement.id), "q");
await list.keyboard.type("zzzzz");
await list.waitForFunction(() => document.querySelectorAll("#claims tbody tr").length === 0);
assert.match(list.url(), /\?q=zzzzz$/);
await list.fill("#q", "");
assert.equal(await list.textContent("#found"), all);
const facet = list.locator("details.facet").first();
await facet.locator("summary").click();
assert.deepEqual(await violations(list), [], "an open filter");
await facet.locator("input").first().check();
assert.match(list.url(), /\?status=/);
const narrowed = await list.textContent("#found");
assert.notEqual(narrowed, all);
await list.keyboard.press("Escape");
assert.equal(await facet.getAttribute("open"), null);
await list.reload();
await list.waitForSelector("#filters:not([hidden])");
assert.equal(await list.textContent("#found"), narrowed);

// A claim reached from there knows its neighbours and the way back.
await list.locator("#claims tbody th a").first().click();
await list.waitForSelector("#neighbours:not([hidden])");
await list.locator("#neighbours a", { hasText: "in this list" }).click();
await list.waitForSelector("#filters:not([hidden])");
assert.equal(await list.textContent("#found"), narrowed);
await list.getByRole("button", { name: "Clear" }).click();
assert.equal(await list.textContent("#found"), all);

// Heads sort.
const dates = () => list.$$eval("#claims tbody tr td:nth-child(3)", (cells) => cells.map((cell) => Number(cell.dataset.sort)).filter(Boolean));
await list.locator("#claims thead button", { hasText: "Said" }).click();
assert.deepEqual(await dates(), (await dates()).toSorted((a, b) => a - b));
await list.locator("#claims thead button", { hasText: "Said" }).click();
assert.deepEqual(await dates(), (await dates()).toSorted((a, b) => b - a));
await list.goto(`${site}topics.html`);
const numbers = () => list.$$eval("table.counts tbody tr td:nth-child(2)", (cells) => cells.map((cell) => Number(cell.textContent)));
await list.locator("table.counts thead button", { hasText: "Claims" }).click();
assert.deepEqual(await numbers(), (await numbers()).toSorted((a, b) => b - a));

// Claims and their words come in parts, and only when somebody asks for them.
{
  const page = await opened();
  const asked = [];
  page.on("request", (request) => asked.push(path.basename(new URL(request.url()).pathname)));
  const parts = () => asked.filter((name) => /^(claims|words)-\d+\.js$/.test(name));
  await page.goto(`${site}claims.html`);
  await page.waitForSelector("#filters:not([hidden])");
  assert.deepEqual(parts(), []);
  await page.locator("details.facet summary").first().click();
  await page.locator("details.facet input").first().check();
  await page.waitForFunction(() => document.querySelector('script[src*="claims-0"]'));
  assert.ok(parts().every((name) => name.startsWith("claims-")));
  await page.done();
}

// How long a search takes, from the key to the new list.
await list.goto(`${site}claims.html?q=a`);
await list.waitForSelector("#filters:not([hidden])");
await list.waitForTimeout(1500);
const times = await list.evaluate(() => {
  const field = document.getElementById("q");
  const taken = [];
  for (const text of ["r", "ro", "rob", "robo", "robot", "robots", "the", "in 2026", "", "zz"]) {
    const begun = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    taken.push(performance.now() - begun);
  }
  return taken.sort((a, b) => a - b);
});
console.log(`search: median ${times[5].toFixed(1)} ms, longest ${times.at(-1).toFixed(1)} ms`);
await list.done();

// Without a script everything can be read, and nothing is offered that would not work.
{
  const page = await opened({ javaScriptEnabled: false });
  await page.goto(`${site}claims.html`);
  assert.ok((await page.locator("#claims tbody tr").count()) > 0);
  assert.ok(!(await page.locator("#filters").isVisible()));
  await page.goto(`${site}index.html`);
  assert.ok(!(await page.locator("form.find").isVisible()));
  await page.done();
}
console.log("without a script: everything to read, no dead controls");
await browser.close();

// What axe-core, in a real browser, has against pages: as they are in light, their colours in dark,
// and whether they fit a narrow window. Also what they ask of the network and what the browser
// complains of. Usage: axe.mjs BROWSER, the files on standard input, one a line.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const files = readFileSync(0, "utf8").split("\n").filter(Boolean);
const browser = await chromium.launch({
  executablePath: process.argv[2],
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage();
let file = "";
const faults = [];
const fault = (what) => faults.push({ file, what });
page.on("console", (said) => said.type() === "error" && fault(`console: ${said.text()}`));
page.on("pageerror", (error) => fault(`error: ${error.message}`));
page.on("dialog", (dialog) => (fault(`dialog: ${dialog.message()}`), dialog.dismiss()));
await page.route(/^(?!file:|data:)/, (route) => {
  fault(`request: ${route.request().url()}`);
  return route.abort("blockedbyclient");
});

const judged = async (scheme, options) => {
  const { violations } = await page.evaluate((asked) => window.axe.run(document, asked), options);
  for (const { id, nodes } of violations) {
    fault(`${scheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(" ")}`);
  }
};

for (file of files) {
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  await page.evaluate(source);
  await judged("light", { resultTypes: ["violations"] });
  await page.emulateMedia({ colorScheme: "dark" });
  await judged("dark", { runOnly: ["color-contrast", "link-in-text-block"] });
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) fault(`${wide} px too wide for a window of 320`);
}
await browser.close();
console.log(JSON.stringify(faults));

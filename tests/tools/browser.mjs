// Opens a report.html in headless Chromium as a reader would: loads, searches, filters, sorts, follows, prints. Any console
// error, any request but for the page itself, and any step that does not do what it should end with exit code 1.
//
//   node tests/tools/browser.mjs REPORT.html [FOLDER FOR SCREENSHOTS]
//
// CHROMIUM names the program; without it, chromium is looked for on the path.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [page, shots] = process.argv.slice(2);
if (!page) { console.error("which report.html?"); process.exit(2); }
const address = pathToFileURL(resolve(page)).href;
const profile = mkdtempSync(join(tmpdir(), "klar-browser-"));
const chromium = spawn(process.env.CHROMIUM ?? "chromium", [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank",
], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });

let next = 1, rest = "", steps = 0;
const waiting = new Map(), complaints = [], requests = [];
chromium.stdio[4].on("data", part => {
  rest += part;
  const messages = rest.split("\0");
  rest = messages.pop();
  for (const message of messages.map(JSON.parse)) {
    if (message.id) {
      const { done, failed } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) failed(new Error(message.error.message)); else done(message.result);
    }
    const { method, params } = message;
    if (method === "Runtime.exceptionThrown") complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === "Runtime.consoleAPICalled" && params.type === "error") complaints.push(JSON.stringify(params.args));
    if (method === "Log.entryAdded" && params.entry.level === "error") complaints.push(params.entry.text);
    if (method === "Network.requestWillBeSent") requests.push(params.request.url);
  }
});
let session;
const send = (method, params = {}) => new Promise((done, failed) => {
  const id = next++;
  waiting.set(id, { done, failed });
  chromium.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + "\0");
});
const run = async expression => {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
};
const until = async (what, expression) => {
  for (let tries = 0; tries < 600; tries++) {
    if (await run(expression)) return;
    await new Promise(done => setTimeout(done, 50));
  }
  throw new Error(`never came: ${what}`);
};
const check = (what, holds, seen) => {
  steps += 1;
  console.log(`${holds ? "ok " : "NOT"} ${what}${seen === undefined ? "" : `: ${seen}`}`);
  if (!holds) throw new Error(what);
};
// What stands in the page for the steps below.
const HANDS = `window.hands = {
  count: () => Number(document.getElementById("page-count").textContent.split(" of ")[0].replace(/\\D/g, "")),
  rows: () => [...document.querySelectorAll("#page-view tbody tr:not(.space)")].map(row => row.textContent),
  column: name => { const heads = [...document.querySelectorAll("#page-view thead th button")]; const at = heads.findIndex(head => head.dataset.sort === name); return [...document.querySelectorAll("#page-view tbody tr:not(.space)")].map(row => row.children[at].textContent); },
  search: words => { const field = document.getElementById("page-words"); const begun = performance.now(); field.value = words; field.dispatchEvent(new Event("input", { bubbles: true })); return performance.now() - begun; },
  press: selector => document.querySelector(selector).click(),
  ask: (selector, value) => { const field = document.querySelector(selector); field.value = value; field.dispatchEvent(new Event("change", { bubbles: true })); },
}; true`;
const size = (width, height) => send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
const shot = async name => {
  if (!shots) return;
  const { data } = await send("Page.captureScreenshot", { format: "png" });
  writeFileSync(join(shots, `${name}.png`), Buffer.from(data, "base64"));
};

async function look() {
  const { targetInfos } = await send("Target.getTargets");
  const { sessionId } = await send("Target.attachToTarget", { targetId: targetInfos.find(one => one.type === "page").targetId, flatten: true });
  session = sessionId;
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  await size(1400, 1000);
  await send("Page.navigate", { url: address });
  await until("the tables", `document.documentElement?.dataset.ready === "yes"`);
  await run(HANDS);
  // A page may be ready before its first frame is told.
  await until("the first paint", `performance.getEntriesByName("first-contentful-paint").length > 0`);
  const painted = await run(`performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1`);
  check("painted first, in milliseconds", painted >= 0, Math.round(painted));
  check("sections to read", await run(`document.querySelectorAll("main section").length`) >= 5, await run(`document.querySelectorAll("main section").length`));
  check("links inside lead somewhere", await run(`[...document.querySelectorAll("main a[href^='#'], nav a")].every(link => document.getElementById(decodeURIComponent(link.hash.slice(1))))`));
  await shot("report-wide");

  await run(`hands.press("#page-show-tables")`);
  const all = await run("hands.count()");
  check("machines", all > 0, all);
  await shot("tables-wide");
  const drawn = await run("hands.rows().length");
  check("only rows in sight are drawn", drawn > 0 && drawn <= 120, drawn);
  const name = await run(`hands.column("vm")[0]`);
  const took = await run(`hands.search(${JSON.stringify(name.toUpperCase())})`);
  const found = await run("hands.count()");
  check(`search for ${name}`, found > 0 && (found < all || all === 1) && await run(`hands.column("vm")[0]`) === name, `${found} rows, ${Math.round(took)} ms`);
  await run(`hands.search("no machine has this zzqx")`);
  check("search for nothing", await run("hands.count()") === 0 && await run("hands.rows().length") === 0);
  await run(`hands.ask("#page-which", "findings")`);
  const told = await run("hands.count()"), requirement = await run(`hands.column("requirement")[0]`);
  const searched = await run(`hands.search(${JSON.stringify(requirement)})`);
  const some = await run("hands.count()");
  check(`search ${told} findings for ${requirement}`, some > 0 && some <= told, `${some} rows, ${Math.round(searched)} ms`);
  await run(`hands.ask("#page-which", "vms")`);
  check("cleared", await run("hands.count()") === all);

  const choice = await run(`(() => { const select = document.querySelector("#page-filters select"); return select ? [select.dataset.column, select.options[1].value, select.options[1].text] : null; })()`);
  if (choice) {
    const [column, value, text] = choice;
    await run(`hands.ask('#page-filters select[data-column="${column}"]', ${JSON.stringify(value)})`);
    const kept = await run("hands.count()");
    check(`filter ${column} = ${text}`, kept > 0 && kept <= all && await run(`hands.column(${JSON.stringify(column)}).every(cell => cell === ${JSON.stringify(text)})`), kept);
    await run(`hands.press("#page-clear")`);
  }
  const order = column => run(`hands.column("${column}").filter(Boolean).map(Number)`);
  await run(`hands.press('[data-sort="memory_mib"]')`);
  const up = await order("memory_mib");
  check("sorted upwards", up.every((value, place) => place === 0 || up[place - 1] <= value), up.slice(0, 3));
  await run(`hands.press('[data-sort="memory_mib"]')`);
  const down = await order("memory_mib");
  check("sorted downwards", down.every((value, place) => place === 0 || down[place - 1] >= value) && await run(`document.querySelector('[data-sort="memory_mib"]').closest("th").getAttribute("aria-sort")`) === "descending", down.slice(0, 3));

  await run(`hands.press("#page-clear")`);
  await run(`hands.press('[data-sort="blockers"]')`);
  await run(`hands.press('[data-sort="blockers"]')`);
  await run(`hands.press("#page-view tbody button")`);
  const findings = await run(`document.querySelectorAll("#page-detail li button").length`);
  check("a machine leads to its findings", findings > 0, findings);
  check("the detail has the focus", await run(`document.activeElement.id`) === "page-detail-title");
  await shot("machine-wide");
  await run(`hands.press("#page-detail li button")`);
  const link = await run(`document.querySelector("#page-detail a").hash`);
  check("a finding has a link", link.length > 1, link);
  await send("Input.dispatchKeyEvent", { type: "keyDown", key: "Escape", code: "Escape", windowsVirtualKeyCode: 27 });
  check("Escape closes it", await run(`document.getElementById("page-detail").hidden`));

  await send("Page.navigate", { url: "about:blank" });
  await send("Page.navigate", { url: address + link });
  await until("the tables", `document.documentElement?.dataset.ready === "yes"`);
  await run(HANDS);
  const shown = await run(`[...document.querySelectorAll("#page-detail dd")].map(one => one.textContent)`);
  check("the link leads to the finding", shown.includes(decodeURIComponent(link.slice(1))));
  await shot("finding-wide");
  await run(`hands.press("#page-detail button")`);
  await run(`hands.press("#page-show-report")`);
  const part = await run(`(() => { const part = document.querySelector(".chart .part button"); const count = Number(part.closest("li").querySelector("b").textContent.replace(/\\D/g, "")); part.click(); return count; })()`);
  check("the chart leads to its machines", await run("hands.count()") === part, part);

  await size(420, 900);
  await shot("tables-narrow");
  await run(`hands.press("#page-show-report"); window.scrollTo(0, 0)`);
  await shot("report-narrow");
  check("nothing hangs over the edge", await run(`document.documentElement.scrollWidth <= 420`), await run(`document.documentElement.scrollWidth`));
  const { data: printed } = await send("Page.printToPDF", { printBackground: true });
  const bytes = Buffer.from(printed, "base64");
  if (shots) writeFileSync(join(shots, "printed.pdf"), bytes);
  check("printed, in bytes", bytes.length > 10000, bytes.length);
  check("no console error", complaints.length === 0, complaints.join("; "));
  const asked = requests.filter(url => url.split("#")[0] !== address && !url.startsWith("about:"));
  check("no request", asked.length === 0, asked.join(" "));
}

let code = 0;
try {
  await look();
  console.log(`${steps} steps`);
} catch (error) {
  console.error(`klar browser: ${error.message}`, complaints);
  code = 1;
}
chromium.on("exit", () => { rmSync(profile, { recursive: true, force: true }); process.exit(code); });
chromium.kill();

// Looks at the built desk as axe does: the pages of an owner, a receptionist and an artist, light and dark, in front of
// a real core. Ends with 1 when something serious is found. `--pictures FOLDER` keeps what was looked at, at both sizes
// that count.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: fileURLToPath(new URL('../dist', import.meta.url)) },
    inkpointctl: { type: 'string', default: 'inkpointctl' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
    pictures: { type: 'string' },
  },
});
if (values.pictures) mkdirSync(values.pictures, { recursive: true });

const PASSWORD = 'Stencil-Demo-1';
const grave = new Set(['serious', 'critical']);
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];

const button = (name) => (page) => page.getByRole('button', { name }).first().click();

/** A sale of today that nothing was taken back of. */
const sale = (page) =>
  page
    .getByRole('row')
    .filter({ hasNotText: /Deposit|Refund|Void/ })
    .nth(1)
    .click();

/** One thing to look at: where it is, how it is opened there, and how it is left. */
const at = (name, address, ...steps) => ({ name, address, steps });

/** The address of somebody's own page, one of its tabs. */
const member = (who, tab) => async (page) => {
  await page.getByRole('link', { name: who }).first().click();
  if (tab) await page.getByRole('link', { name: tab }).first().click();
};

/** Somebody who was here, and one part of their file. */
const client = (tab) => async (page) => {
  await page
    .getByText(/^Last visit/)
    .first()
    .click();
  await page.getByRole('link', { name: tab }).first().click();
};

const tour = {
  iris: [
    at('today', '#/board'),
    at('agenda', '#/agenda'),
    at('booking', '#/agenda', (page) => page.locator('[data-card]').first().click()),
    at('new-booking', '#/agenda', (page) => page.keyboard.press('n')),
    at('clients', '#/clients'),
    at('client', '#/clients', (page) =>
      page
        .getByText(/^Last visit/)
        .first()
        .click(),
    ),
    at('client-consents', '#/clients', client(/^Consents/)),
    at('client-signed', '#/clients', client(/^Consents/), (page) => page.getByRole('row').nth(1).click()),
    at('client-photos', '#/clients', client(/^Photos/)),
    at('client-money', '#/clients', client(/^Money/)),
    at('client-projects', '#/clients', client(/^Projects/), button('Start a project…')),
    at('papers', '#/clients', client(/^Consents/), button('Sign papers…'), button('Open the papers')),
    at('checkout', '#/checkout', (page) => page.getByRole('combobox').first().fill('balm')),
    at('quick-sale', '#/checkout', (page) => page.keyboard.press('1')),
    at('sales', '#/sales'),
    at('deposits', '#/sales/deposits'),
    at('cash', '#/cash'),
    at('x-report', '#/cash/x'),
    at('take-over', '#/cash', button('Take over and close…')),
    at('reports', '#/reports'),
    at('payouts', '#/reports/payouts'),
    at('pay', '#/reports/payouts', button(/^Pay /)),
    at('statement', '#/reports/payouts', (page) =>
      page
        .getByRole('link', { name: /^Statement of/ })
        .first()
        .click(),
    ),
    at('kept-reports', '#/reports/saved'),
    at('keep-report', '#/reports', button('Keep report…')),
    at('export', '#/reports', button('Export…')),
    at('stock', '#/stock'),
    at('portfolio', '#/portfolio'),
    at('portfolio-picture', '#/portfolio', (page) => page.locator('[data-tile] button').first().click()),
    at('portfolio-picked', '#/portfolio', (page) => page.locator('[data-tile] input').first().check()),
    at(
      'portfolio-describe',
      '#/portfolio',
      (page) => page.locator('[data-tile] input').first().check(),
      button('Describe…'),
    ),
    at('portfolio-whose', '#/portfolio', button('Add pictures')),
    at('staff', '#/staff'),
    at('staff-profile', '#/staff', member('Mara Quill')),
    at('staff-hours', '#/staff', member('Mara Quill', 'Hours')),
    at('staff-commission', '#/staff', member('Mara Quill', 'Commission')),
    at('staff-rights', '#/staff', member('Mara Quill', 'Rights')),
    at('staff-account', '#/staff', member('Mara Quill', 'Account')),
    at('staff-checklist', '#/staff', member('Lena Sorel', 'Checklist')),
    at('role', '#/staff', member('Mara Quill', 'Account'), button('Change role…')),
    at('archive', '#/staff', member('Lena Sorel', 'Account'), button('Archive…')),
    at('new-member', '#/staff', button('Add a person')),
    at('activity', '#/activity'),
    at('activity-kinds', '#/activity', (page) => page.getByRole('combobox', { name: 'Kind' }).click()),
    at('review', '#/activity/review'),
    at('settings', '#/settings'),
    at('services', '#/settings/services'),
    at('consent-forms', '#/settings/consent'),
    at('consent-form', '#/settings/consent', (page) => page.getByRole('row').nth(1).click()),
    at('new-consent-form', '#/settings/consent.new', button('Add a question')),
    at('money-rules', '#/settings/money'),
    at('security', '#/settings/security'),
    at('hand-over', '#/settings/studio', button('Hand over…')),
    at('rotate', '#/settings/security', button('Rotate…')),
    at('palette', '#/agenda', (page) => page.keyboard.press('Control+k')),
    at('keys', '#/agenda', (page) => page.keyboard.press('F1')),
  ],
  lena: [
    at('agenda', '#/agenda'),
    at('bell', '#/agenda', button(/^Notices/)),
    at('me-menu', '#/agenda', button(/You and this window/)),
    at('checkout', '#/checkout'),
    at('refund', '#/sales', sale, button('Refund…')),
    at('cash', '#/cash'),
    at('count', '#/cash', button('Close drawer')),
    at('stock', '#/stock'),
    at('staff', '#/staff'),
    at('me', '#/me'),
    at('signing-in', '#/me/signIn'),
    at('pin', '#/me/signIn', button('Set a PIN…')),
  ],
  mara: [
    at('agenda', '#/agenda'),
    at('clients', '#/clients'),
    at('stock', '#/stock'),
    at('portfolio', '#/portfolio'),
    at('portfolio-of-another', '#/portfolio/all', (page) => page.locator('[data-tile] button').last().click()),
    at('staff', '#/staff'),
    at('my-money', '#/reports'),
    at('my-payouts', '#/reports/payouts'),
    at('my-statement', '#/reports/statement'),
    at('my-hours', '#/me/hours'),
    at('my-rights', '#/me/rights'),
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'inkpoint-axe-'));
const around = { ...process.env, INKPOINT_HOME: folder };
const file = join(folder, 'demo.inkpoint');
// Where it is the afternoon now: whatever the hour of the run, the day has sales to look at. Etc zones are named for
// what to add to get back to UTC.
const hours = new Date().getUTCHours() - 15;
const back = hours < -14 ? hours + 24 : hours;
const zone = back === 0 ? 'Etc/GMT' : `Etc/GMT${back > 0 ? '+' : ''}${back}`;
const made = spawnSync(values.inkpointctl, ['demo', file, '--years', '0', '--zone', zone], {
  env: around,
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (made.status !== 0) process.exit(2);

const serving = spawn(
  process.execPath,
  [
    fileURLToPath(new URL('serve.mjs', import.meta.url)),
    '--port',
    '0',
    '--dist',
    values.dist,
    '--inkpointctl',
    values.inkpointctl,
    file,
  ],
  { env: around, stdio: ['ignore', 'pipe', 'pipe'] },
);
serving.stderr.pipe(process.stderr);
const address = await new Promise((resolve) => createInterface({ input: serving.stdout }).once('line', resolve));

const browser = await chromium.launch({ executablePath: values.browser, args: ['--no-sandbox'] });
const context = await browser.newContext({
  viewport: sizes[0],
  colorScheme: 'light',
  reducedMotion: 'reduce',
  locale: 'en-GB',
});
// axe gives its own objects a toString, which no object takes over from the window's frozen prototypes.
await context.addInitScript(() => {
  const { freeze } = Object;
  Object.freeze = (thing) => (thing === Object.prototype ? thing : freeze(thing));
});
const page = await context.newPage();
page.setDefaultTimeout(8_000);

let found = 0;
let looked = 0;
const told = new Set();
/** What axe finds worth a word and no more. */
const lesser = new Map();

// What the page still waits for from the core.
let waiting = 0;
page.on('request', () => (waiting += 1));
page.on('requestfinished', () => (waiting -= 1));
page.on('requestfailed', () => (waiting -= 1));

async function rest() {
  // An answer is often followed by the next ask, and a search waits for one more letter.
  for (let quiet = 0; quiet < 3; quiet = waiting === 0 ? quiet + 1 : 0) await page.waitForTimeout(50);
  await page.evaluate(() => document.fonts.ready);
}

async function look(who, name, colorScheme) {
  const { violations } = await page.evaluate(
    ([only]) =>
      globalThis.axe.run(document, {
        resultTypes: ['violations'],
        ...(only ? { runOnly: { type: 'rule', values: only } } : {}),
      }),
    // The dark theme changes colours and nothing else.
    [colorScheme === 'dark' ? ['color-contrast'] : null],
  );
  looked += 1;
  for (const { id, impact, nodes } of violations) {
    if (!grave.has(impact)) {
      lesser.set(id, (lesser.get(id) ?? 0) + nodes.length);
      continue;
    }
    for (const { target, html, failureSummary } of nodes) {
      found += 1;
      const line = `${impact} ${id} ${target.join(' ')}`;
      if (told.has(line)) continue;
      told.add(line);
      console.log(
        `${who}, ${name}, ${colorScheme}: ${line}\n  ${html.slice(0, 160)}\n  ${failureSummary?.split('\n')[1]?.trim()}`,
      );
    }
  }
}

async function picture(who, name, colorScheme) {
  if (!values.pictures) return;
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(values.pictures, `${who}-${name}-${size.width}-${colorScheme}.png`) });
  }
  await page.setViewportSize(sizes[0]);
}

async function see(who, name) {
  await rest();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await look(who, name, colorScheme);
    await picture(who, name, colorScheme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Away from what was opened, to a page that no next place shares. */
async function leave() {
  for (let layer = 0; layer < 3; layer += 1) await page.keyboard.press('Escape');
  await page.evaluate(() => (location.hash = '#/none'));
  await page.getByRole('link', { name: 'Open the agenda' }).waitFor();
}

async function load() {
  await page.goto(address);
  await page.evaluate(axe.source);
}

try {
  await load();
  await page.getByRole('heading', { name: 'Who is at the desk?' }).waitFor();
  await see('nobody', 'names');
  for (const [who, places] of Object.entries(tour)) {
    await page.getByRole('textbox').first().fill(who);
    await page.keyboard.press('Enter');
    const password = page.getByLabel('Password', { exact: true });
    await password.waitFor();
    if (who === 'iris') await see('nobody', 'password');
    await password.fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /You and this window/ }).waitFor();
    for (const place of places) {
      try {
        // The page is never loaded anew: that would sign the person out.
        await page.evaluate((place) => (location.hash = place), place.address);
        await rest();
        for (const step of place.steps) {
          await step(page);
          await rest();
        }
        await see(who, place.name);
        await leave();
      } catch (cause) {
        found += 1;
        console.log(`${who} ${place.name}: could not be reached: ${String(cause).split('\n')[0]}`);
        await leave();
      }
    }
    await page.keyboard.press('F9');
    await page.getByRole('heading', { name: 'Who is at the desk?' }).waitFor();
  }
} finally {
  await browser.close();
  // The core holds the same pipe and writes until its file is closed.
  const closed = once(serving, 'close');
  serving.kill();
  await closed;
  rmSync(folder, { recursive: true, force: true });
}

for (const [rule, times] of lesser) console.log(`moderate or minor: ${rule}, ${times} times`);
console.log(found === 0 ? `${looked} looks, nothing serious.` : `${found} findings in ${looked} looks.`);
process.exit(found === 0 ? 0 : 1);

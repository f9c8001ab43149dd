// What the tests of the page have in common: pages made by the program, and a browser to open them in.
//
// ./dev browser sets the environment: ACTORSIM_PROGRAM, ACTORSIM_REPOSITORY, ACTORSIM_BROWSER_BUILD (a folder for what
// is made here, in which playwright-core is installed), and perhaps ACTORSIM_CHROMIUM.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

function setting(name, fallback) {
  const value = process.env[name] || fallback;
  if (!value) throw new Error(`${name} is not set: run ./dev browser`);
  return value;
}

export const repository = setting('ACTORSIM_REPOSITORY');
export const build = setting('ACTORSIM_BROWSER_BUILD');
const program = setting('ACTORSIM_PROGRAM');
const {chromium} = createRequire(path.join(build, 'package.json'))('playwright-core');

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The page of a command: `makePage('crossing', ['run', 'scenarios/deadlock'])`. An exit code of 1 is
// no failure.
export function makePage(name, words) {
  const file = path.join(build, 'pages', `${name}.html`);
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.rmSync(file, {force: true});
  try {
    execFileSync(program, [...words, '--report', `html=${file}`], {
      cwd: repository,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    if (error.status !== 1) throw error;
  }
  assert.ok(fs.existsSync(file), `${words.join(' ')} has written no page`);
  return file;
}

// The page of a scenario that stands here.
export function makePageOf(name, scenario, words = ['run']) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'actorsim-'));
  const file = path.join(folder, `${name}.yaml`);
  fs.writeFileSync(file, scenario);
  try {
    return makePage(name, [words[0], file, ...words.slice(1)]);
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}

// Opens a page in a browser with an empty profile, and closes it afterwards. `look` gets the page; what went wrong in
// it, and what it wanted from the network, fails the test.
export async function open(file, look, options = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'actorsim-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.ACTORSIM_CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: CHROMIUM_ARGUMENTS,
    viewport: {width: 1440, height: 900},
    colorScheme: 'light',
    reducedMotion: 'no-preference',
    ...options,
  });
  const problems = [];
  try {
    const page = context.pages()[0] || (await context.newPage());
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => problems.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(`error: ${error.stack}`));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:') && !request.url().startsWith('data:'))
        problems.push(`asks for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href + (options.hash || ''));
    await page.waitForFunction(() => window.actorsim !== undefined);
    await look(page);
    assert.deepEqual(problems, [], 'what the page complained of, or asked for');
  } finally {
    await context.close();
    fs.rmSync(profile, {recursive: true, force: true});
  }
}

export async function screenshot(page, name) {
  const folder = path.join(build, 'screenshots');
  fs.mkdirSync(folder, {recursive: true});
  await page.evaluate(() => new Promise((done) => setTimeout(done, 350))); // what moves has come to rest
  await page.screenshot({path: path.join(folder, `${name}.png`)});
}

// The lock table as it stands on the page: {actor: {id, depth, holders, queue}}, calls by number.
export function lockTable(page) {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('#locks tbody tr')].map((row) => {
        const numbers = (kind) =>
          [...row.querySelectorAll(`.${kind} .chip-number`)].map((chip) => Number(chip.textContent));
        const text = (kind) => row.querySelector(`.${kind}`).textContent;
        return [
          row.querySelector('th .actor').textContent,
          {
            id: text('lock-id'),
            depth: text('lock-depth'),
            holders: numbers('lock-holder'),
            queue: numbers('lock-queue'),
          },
        ];
      }),
    ),
  );
}

export function step(page) {
  return page.evaluate(() => window.actorsim.player.step);
}

// How it looks: pictures to be looked at, and what can be checked without eyes: contrast, names for those who do not
// see, narrow screens, less motion.
import assert from 'node:assert/strict';
import test from 'node:test';

import {makePage, open, screenshot} from './support.mjs';

const deadlocks = makePage('deadlock', ['run', 'scenarios/deadlock']);
const interleavings = makePage('interleavings', ['run', 'scenarios/interleavings']);
const load = makePage('load', ['run', 'scenarios/load']);
const PHONE = {viewport: {width: 390, height: 844}, deviceScaleFactor: 2, hasTouch: true};
const DARK = {colorScheme: 'dark'};
const CROSSING = '#case=3&step=4';

test('pictures of light, dark and a phone', async () => {
  await open(deadlocks, (page) => screenshot(page, 'light'), {hash: CROSSING});
  await open(deadlocks, (page) => screenshot(page, 'dark'), {hash: CROSSING, ...DARK});
  await open(deadlocks, (page) => screenshot(page, 'phone'), {hash: CROSSING, ...PHONE});
  await open(deadlocks, (page) => screenshot(page, 'phone-dark'), {hash: '#case=5&step=15', ...PHONE, ...DARK});
  await open(deadlocks, (page) => screenshot(page, 'philosophers'), {hash: '#case=5&step=15'});
  await open(load, (page) => screenshot(page, 'load'), {hash: '#case=2&step=600'});
  await open(
    interleavings,
    async (page) => {
      await page.getByRole('tab', {name: 'All orders'}).click();
      await screenshot(page, 'all-orders');
    },
    {hash: '#case=5&step=4', ...DARK},
  );
});

test('pictures of the game', async () => {
  for (const [name, options] of [
    ['game', {}],
    ['game-dark', DARK],
    ['game-phone', PHONE],
  ]) {
    await open(
      interleavings,
      async (page) => {
        await page.keyboard.press('g');
        for (const key of ['1', '2', 'h']) await page.keyboard.press(key);
        await screenshot(page, name);
        await page.keyboard.press('1');
        await page.keyboard.press('1');
        await screenshot(page, `${name}-won`);
      },
      {hash: '#case=5', ...options},
    );
  }
});

test('the theme follows the system, and the switch overrules it', async () => {
  const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await open(
    deadlocks,
    async (page) => {
      const dark = await background(page);
      await page.getByRole('button', {name: 'Switch to light'}).click();
      const light = await background(page);
      assert.notEqual(light, dark);
      await page.keyboard.press('t');
      assert.equal(await background(page), dark);
      await page.getByRole('button', {name: 'Switch to light'}).waitFor();
    },
    DARK,
  );
});

// Every text that can be seen, with the color behind it: 4.5 to 1, or 3 to 1 where it is large (WCAG 2.2, AA).
function findPaleTexts() {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((each, i) => each * a + below[i] * (1 - a)).concat(1);
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    const layers = [];
    for (let at = node; at !== null; at = at.parentElement) layers.unshift(rgba(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const pale = [];
  for (const node of document.querySelectorAll('body *:not(svg *):not(script)')) {
    const hasText = [...node.childNodes].some(
      (child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim() !== '',
    );
    if (
      !hasText ||
      node.closest('.hidden, [hidden], .skip, dialog:not([open]), :disabled') !== null ||
      !node.checkVisibility()
    )
      continue;
    const style = getComputedStyle(node);
    const ground = behind(node);
    const ink = over(rgba(style.color), ground);
    const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const isLarge =
      parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5))
      pale.push(`${node.className || node.tagName}: ${ratio.toFixed(2)} "${node.textContent.slice(0, 30)}"`);
  }
  return [...new Set(pale)];
}

test('text stands out from what is behind it, in both themes', async () => {
  for (const options of [{}, DARK]) {
    await open(
      deadlocks,
      async (page) => {
        assert.deepEqual(await page.evaluate(findPaleTexts), []);
        await page.keyboard.press('End');
        for (const name of ['All steps', 'Scenario', 'Expected']) {
          await page.getByRole('tab', {name}).click();
          assert.deepEqual(await page.evaluate(findPaleTexts), [], name);
        }
        await page.keyboard.press('?');
        assert.deepEqual(await page.evaluate(findPaleTexts), [], 'the help');
      },
      {hash: CROSSING, ...options},
    );
    await open(
      interleavings,
      async (page) => {
        await page.keyboard.press('g');
        for (const key of ['1', '2', 'h']) await page.keyboard.press(key);
        assert.deepEqual(await page.evaluate(findPaleTexts), [], 'the game');
        for (const key of ['1', '1']) await page.keyboard.press(key);
        assert.deepEqual(await page.evaluate(findPaleTexts), [], 'its end');
      },
      {hash: '#case=5', ...options},
    );
  }
});

// White or black on each color of a chain: names of calls in bars and chips.
test('the colors of chains carry their text, in both themes', async () => {
  for (const options of [{}, DARK]) {
    await open(
      deadlocks,
      async (page) => {
        const ratios = await page.evaluate(() => {
          const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
          const style = getComputedStyle(document.documentElement);
          const luminance = (name) => {
            canvas.fillStyle = style.getPropertyValue(name);
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((each) => {
              const part = each / 255;
              return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          return Array.from({length: 8}, (_, i) => {
            const [light, dark] = [luminance(`--c${i}`), luminance('--on-chain')].sort((a, b) => b - a);
            return (light + 0.05) / (dark + 0.05);
          });
        });
        for (const [i, ratio] of ratios.entries()) assert.ok(ratio >= 4.5, `color ${i}: ${ratio.toFixed(2)}`);
      },
      options,
    );
  }
});

test('whatever can be pressed or filled has a name, and ids are there once', async () => {
  await open(
    interleavings,
    async (page) => {
      for (const key of ['End', 'g', '1']) await page.keyboard.press(key);
      const problems = await page.evaluate(() => {
        const wrong = [];
        for (const node of document.querySelectorAll(
          'button, input, select, a[href], [role="tab"], nav, [role="group"]',
        )) {
          const name = node.getAttribute('aria-label') || node.textContent.trim();
          if (!name) wrong.push(`no name: ${node.outerHTML.slice(0, 80)}`);
        }
        const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
        ids.filter((id, index) => ids.indexOf(id) !== index).forEach((id) => wrong.push(`twice: #${id}`));
        for (const node of document.querySelectorAll('[aria-labelledby], [aria-controls]')) {
          for (const id of (node.getAttribute('aria-labelledby') || node.getAttribute('aria-controls')).split(' ')) {
            if (document.getElementById(id) === null) wrong.push(`nowhere: #${id}`);
          }
        }
        for (const svg of document.querySelectorAll('svg')) {
          if (svg.getAttribute('aria-hidden') !== 'true' && svg.getAttribute('role') !== 'img')
            wrong.push(`neither picture nor hidden: ${svg.getAttribute('class')}`);
        }
        return wrong;
      });
      assert.deepEqual(problems, []);
      const levels = await page.evaluate(() =>
        [...document.querySelectorAll('h1, h2, h3')]
          .filter((node) => node.checkVisibility())
          .map((node) => node.tagName),
      );
      assert.ok(levels.includes('H1'));
    },
    {hash: '#case=5'},
  );
});

test('a phone shows everything in one column, and nothing is wider than it', async () => {
  await open(
    deadlocks,
    async (page) => {
      for (const key of ['Home', 'End']) {
        await page.keyboard.press(key);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
      }
      assert.equal(await page.locator('#cases').isVisible(), false);
      await page.getByRole('button', {name: 'Cases'}).click();
      await page.getByRole('link', {name: 'five philosophers starve'}).click();
      assert.equal(await page.locator('h1').textContent(), 'five philosophers starve');
      const sizes = await page.evaluate(() =>
        [...document.querySelectorAll('.transport button')]
          .filter((node) => node.checkVisibility())
          .map((node) => node.getBoundingClientRect())
          .map((box) => Math.min(box.width, box.height)),
      );
      for (const size of sizes) assert.ok(size >= 36, `a button of ${size} pixels`);
    },
    {hash: CROSSING, ...PHONE},
  );
});

test('who wants less motion gets none', async () => {
  await open(
    interleavings,
    async (page) => {
      await page.keyboard.press('g');
      for (const key of ['1', '2', '1', '1']) await page.keyboard.press(key);
      assert.equal(await page.locator('.result.won').count(), 1);
      assert.equal(await page.locator('.confetti').count(), 0);
      assert.equal(
        await page.evaluate(() => getComputedStyle(document.querySelector('.playhead')).transitionDuration),
        '0s',
      );
    },
    {hash: '#case=5', reducedMotion: 'reduce'},
  );
});

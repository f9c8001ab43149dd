// Figures of the page for long runs: ./dev browser --measure. Prints, and asserts nothing: machines differ.
import fs from 'node:fs';

import {makePageOf, open} from './support.mjs';

const LONG_RUNS = {
  'chains A -> B -> A, a hundred of each': `actorsim: 1
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{call: "B/$b.n", with: {a: $a}}], back: []}, B: {n: [{call: "A/$a.back"}]}}
start: [{call: "A/$(i%100).m", with: {a: $(i%100), b: $(i%97)}, count: 3334, every: 1ms}]
`,
  'all of them on one actor': `actorsim: 1
actors: {A: {m: [{sleep: 2ms}]}}
start: [{call: A/1.m, count: 10000, every: 1ms}]
`,
  'twenty busy actors': `actorsim: 1
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{sleep: 40ms}]}}
start: [{call: "A/$(i%20).m", count: 10000, rate: 488/s}]
`,
};

// Steps once a frame; says how many calls were drawn, how long the script took for each step, and how long
// each frame was.
async function measureSteps(page, frames) {
  return page.evaluate(async (count) => {
    const {actorsim} = window;
    const box = document.getElementById('stage').getBoundingClientRect();
    const onScreen = () =>
      [...document.querySelectorAll('#stage .call')].filter((call) => {
        const bar = call.getBoundingClientRect();
        return bar.right > box.left && bar.left < box.right && bar.bottom > box.top && bar.top < box.bottom;
      }).length;
    const intervals = [];
    const work = [];
    let last = await new Promise(requestAnimationFrame);
    for (let i = 0; i < count; ++i) {
      const begin = performance.now();
      actorsim.player.seek(actorsim.player.step + 1);
      work.push(performance.now() - begin);
      const now = await new Promise(requestAnimationFrame);
      intervals.push(now - last);
      last = now;
    }
    const part = (list, share) =>
      list.slice().sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
    return {
      calls: onScreen(),
      script: [part(work, 0.5), part(work, 0.95), part(work, 1)],
      frame: [part(intervals, 0.5), part(intervals, 0.95), part(intervals, 1)],
      perSecond: (1000 * intervals.length) / intervals.reduce((sum, each) => sum + each, 0),
    };
  }, frames);
}

const milliseconds = (list) => list.map((each) => each.toFixed(1)).join(' ');

for (const [name, scenario] of Object.entries(LONG_RUNS)) {
  const file = makePageOf('long', scenario);
  const size = fs.statSync(file).size;
  console.log(`\n${name}: 10,000 calls, ${(size / 1e6).toFixed(2)} MB`);
  for (const [width, height] of [
    [1440, 900],
    [3000, 1600], // 500 calls at once
  ]) {
    await open(
      file,
      async (page) => {
        await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
        const loaded = await page.evaluate(() => ({
          paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
          ready: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
          steps: window.actorsim.player.length,
        }));
        console.log(
          `  ${width}x${height}: first paint ${loaded.paint.toFixed(0)} ms, ready ${loaded.ready.toFixed(0)} ms, ` +
            `${loaded.steps} steps`,
        );
        await page.evaluate(() => window.actorsim.player.seek(Math.floor(window.actorsim.player.length / 2)));
        for (const zoom of [1, 1 / 15]) {
          await page.evaluate((factor) => {
            window.actorsim.lanes.layout.zoomed = 1;
            window.actorsim.lanes.zoom(factor);
          }, zoom);
          const figures = await measureSteps(page, 240);
          console.log(
            `    zoom ${zoom.toFixed(2)}: ${figures.calls} calls on screen, ${figures.perSecond.toFixed(0)} steps/s, ` +
              `script ${milliseconds(figures.script)} ms, ` +
              `frame ${milliseconds(figures.frame)} ms (median, 95 %, worst)`,
          );
        }
      },
      {viewport: {width, height}},
    );
  }
}

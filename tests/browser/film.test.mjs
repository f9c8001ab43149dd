// The film: it loads, steps, shows the right locks and waits, listens to the keyboard, and is told in words.
import assert from 'node:assert/strict';
import test from 'node:test';

import {lockTable, makePage, makePageOf, open, step} from './support.mjs';

const deadlocks = makePage('deadlock', ['run', 'scenarios/deadlock']);
const CROSSING = '#case=3'; // crossing transfers deadlock with reentrancy on

test('the page loads with its own style and script alone, and asks nobody for anything', async () => {
  await open(deadlocks, async (page) => {
    const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content');
    assert.match(
      policy,
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; script-src 'sha256-[A-Za-z0-9+/]{43}=';/,
    );
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    assert.equal(await page.locator('script[src], link, iframe, img, object').count(), 0);
    assert.equal(await page.locator('h1').textContent(), "clients are stranded behind somebody else's deadlock");
  });
});

test('the lock table shows holder, id, depth and queue after each step', async () => {
  await open(
    deadlocks,
    async (page) => {
      assert.equal(await step(page), 0);
      assert.deepEqual((await lockTable(page))['Account/alice'], {id: '', depth: '', holders: [], queue: []});
      for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowRight');
      assert.deepEqual(await lockTable(page), {
        'Account/alice': {id: 'r1', depth: '1/32', holders: [1], queue: []},
        'Account/bob': {id: 'r2', depth: '1/32', holders: [2], queue: [3]},
      });
      await page.keyboard.press('ArrowRight');
      assert.deepEqual((await lockTable(page))['Account/alice'].queue, [4]);
      await page.keyboard.press('ArrowLeft');
      assert.deepEqual((await lockTable(page))['Account/alice'].queue, []);
    },
    {hash: CROSSING},
  );
});

test('a step is told in words, with the reason why a call has to wait', async () => {
  await open(
    deadlocks,
    async (page) => {
      const told = await page.locator('.telling .told').first().textContent();
      assert.match(
        told,
        /1Account\/alice\.withdraw calls 3Account\/bob\.deposit\. It has to wait: Account\/bob is held by 2/,
      );
      assert.match(told, /Another chain is inside/);
      const scenario = page.getByRole('tab', {name: 'Scenario'});
      await scenario.click();
      assert.match(
        await page.locator('.source li.here').first().textContent(),
        /Account\/alice.withdraw -> Account\/bob.deposit/,
      );
    },
    {hash: `${CROSSING}&step=3`},
  );
});

test('the circle of a deadlock is drawn as soon as it is closed, and explained at the end', async () => {
  await open(
    deadlocks,
    async (page) => {
      const banner = page.locator('#waits .banner');
      assert.equal(await banner.isVisible(), false);
      assert.equal(await page.locator('.wait-edge').count(), 2);
      await page.keyboard.press('ArrowRight');
      assert.equal(await banner.isVisible(), true);
      assert.equal(await page.locator('.wait-edge.stuck').count(), 4);
      assert.equal(await page.locator('.wait-node.stuck').count(), 4);
      assert.match(
        await page.locator('.telling .circle').textContent(),
        /waits for the lock of Account\/bob, held by 2/,
      );
      await page.keyboard.press('End');
      const ending = await page.locator('.ending').textContent();
      assert.match(ending, /^deadlock Two chains wait for each other/);
      assert.match(ending, /Why/);
      assert.match(ending, /What would help/);
    },
    {hash: `${CROSSING}&step=3`},
  );
});

test('the keyboard drives the film', async () => {
  await open(
    deadlocks,
    async (page) => {
      const length = await page.evaluate(() => window.actorsim.player.length);
      await page.keyboard.press('End');
      assert.equal(await step(page), length);
      await page.keyboard.press('Home');
      assert.equal(await step(page), 0);
      await page.keyboard.press('n');
      assert.equal(await step(page), 3, 'the first call that has to wait');
      await page.keyboard.press('p');
      assert.equal(await step(page), 3, 'there is none before it');
      await page.keyboard.press('Home');
      await page.keyboard.press('Space');
      await page.getByRole('button', {name: 'Pause'}).waitFor();
      await page.waitForFunction(() => window.actorsim.player.step >= 2);
      await page.keyboard.press('Space');
      await page.getByRole('button', {name: 'Play'}).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', {name: 'How to read'}).waitFor();
      const before = await step(page);
      await page.keyboard.press('ArrowRight');
      assert.equal(await step(page), before, 'the film stands while the help is read');
      await page.keyboard.press('Escape');
      assert.equal(await page.getByRole('dialog').count(), 0);
      await page.keyboard.press('ArrowDown');
      assert.match(await page.locator('h1').textContent(), /transfers that take the accounts in one order/);
    },
    {hash: CROSSING},
  );
});

test('the scrubber, the lanes and the list of steps lead to any step', async () => {
  await open(
    deadlocks,
    async (page) => {
      await page.getByRole('slider', {name: 'Step'}).fill('2');
      assert.equal(await step(page), 2);
      const axis = await page.locator('.axis').boundingBox();
      const lefts = await page.evaluate(() => window.actorsim.lanes.layout.eventX(4));
      await page.mouse.click(axis.x + lefts, axis.y + 10);
      assert.equal(await step(page), 4);
      await page.getByRole('tab', {name: 'All steps'}).click();
      await page.locator('.step-row', {hasText: 'call 2 (Account/bob.withdraw)'}).first().click();
      assert.equal(await step(page), 2);
      assert.equal(await page.locator('.step-row[aria-current="step"]').count(), 1);
      await page.waitForFunction(() => location.hash === '#case=3&film=1&step=2');
    },
    {hash: CROSSING},
  );
});

test('what is to come stays under the veil while the playhead glides', async () => {
  await open(
    deadlocks,
    async (page) => {
      const bare = await page.evaluate(async () => {
        const edge = document.getElementById('stage').getBoundingClientRect().right;
        const {player} = window.actorsim;
        let widest = 0;
        for (let next = 1; next <= player.length; ++next) {
          player.seek(next);
          const end = performance.now() + 200;
          while (performance.now() < end) {
            await new Promise(requestAnimationFrame);
            const veil = document.querySelector('.veil').getBoundingClientRect();
            widest = Math.max(widest, edge - veil.right);
          }
        }
        return widest;
      });
      assert.ok(bare <= 2, `${bare} pixels at the right edge`);
      const stage = page.locator('#stage');
      assert.equal(await stage.evaluate((node) => node.scrollWidth), await stage.evaluate((node) => node.clientWidth));
    },
    {hash: CROSSING},
  );
});

test('an order that breaks an expectation is a film of its own, and comes first', async () => {
  const page = makePageOf(
    'broken',
    `actorsim: 1
config: {reentrancy: {enabled: true}}
chains: [A -> B, B -> A]
expect: {never: deadlock, possible: ok}
`,
  );
  await open(page, async (window) => {
    assert.equal(await window.locator('.film').count(), 2);
    assert.equal(await window.locator('.film[aria-pressed="true"]').textContent(), 'Leads to deadlock');
    await window.keyboard.press('End');
    assert.match(await window.locator('.ending').textContent(), /--schedule/);
    await window.getByRole('tab', {name: 'Expected (1 ✗)'}).click();
    assert.match(await window.locator('.expectations .fail').textContent(), /never: deadlock/);
    await window.getByRole('button', {name: 'Plain run'}).click();
    assert.equal(await window.locator('.film[aria-pressed="true"]').textContent(), 'Plain run');
  });
});

test('the page of explore plays the shortest way to what is bad', async () => {
  const page = makePage('explore', ['explore', 'scenarios/interleavings/crossing-transfers.yaml']);
  await open(page, async (window) => {
    assert.deepEqual(await window.locator('.film').allTextContents(), ['Way to deadlock', 'Plain run']);
    await window.keyboard.press('End');
    assert.match(await window.locator('.ending').textContent(), /^deadlock/);
    await window.getByRole('tab', {name: 'All orders'}).click();
    assert.match(await window.locator('.orders').textContent(), /Possible in some order of the steps: deadlock and ok/);
    assert.equal((await window.locator('.state.end-bad').count()) > 0, true);
    assert.equal(await window.locator('.state-dots .state.here.end-bad').count(), 1, 'it stands at the deadlock');
    await window.keyboard.press('Home');
    assert.equal(await window.locator('.state-dots .state.here').count(), 1);
  });
});

test('cases are searched by words and shown by status', async () => {
  const page = makePageOf(
    'several',
    `actorsim: 1
chains: [A -> A]
scenarios:
  - {name: apples, expect: {verdict: deadlock}}
  - {name: pears, expect: {verdict: ok}}
  - {name: plums, config: {reentrancy: {enabled: true}}, expect: {verdict: ok}}
`,
  );
  await open(page, async (window) => {
    const names = () => window.locator('.case-list li:visible .case-name').allTextContents();
    assert.equal(await window.locator('h1').textContent(), 'pears', 'the first failure is shown first');
    assert.deepEqual(await names(), ['passed: apples', 'failed: pears', 'passed: plums']);
    await window.keyboard.press('/');
    await window.keyboard.type('reentrancy on');
    assert.deepEqual(await names(), ['passed: plums']);
    await window.keyboard.type(' nothing of the kind');
    assert.equal(await window.getByText('No case is like that.').isVisible(), true);
    await window.getByRole('searchbox').fill('');
    await window.getByRole('button', {name: '2 passed'}).click();
    assert.deepEqual(await names(), ['failed: pears']);
    await window.getByRole('button', {name: '2 passed'}).click();
    await window.getByRole('link', {name: 'apples'}).click();
    assert.equal(await window.locator('h1').textContent(), 'apples');
  });
});

test('names that want to be markup, script or controls are shown as text', async () => {
  const name = '</script><script>window.hacked=1</script><!-- <img src=x onerror=hacked=1> \\u202e ]]> \'"&amp;';
  const id = '<b>&lt;<!--';
  const page = makePageOf(
    'hostile',
    `actorsim: 1
name: ${JSON.stringify(name)}
config: {reentrancy: {enabled: true}}
actors: {A: {m: []}}
start: [{call: ${JSON.stringify(`A/${id}.m`)}, as: "<i>label</i> \\u2028 \\u0007"}]
expect: {possible: ok}
`,
  );
  await open(page, async (window) => {
    await window.keyboard.press('End');
    assert.equal(await window.evaluate(() => window.hacked), undefined);
    assert.equal(
      await window.evaluate(() => document.querySelectorAll('script:not([type]), main img, bdi b, bdi i, h1 *').length),
      1,
      "the page's own script is the only one",
    );
    const shown = await window.locator('h1').textContent();
    assert.match(shown, /<\/script><script>window\.hacked=1<\/script><!-- <img/);
    assert.match(shown, /\\u202e/, 'what turns the direction of writing is told, not done');
    assert.equal((await lockTable(window))[`A/${id}`] !== undefined, true);
    assert.match(await window.locator('.telling').textContent(), /<i>label<\/i> \\u2028 \\x07/);
  });
});

test('a broken file and a run without an end have a page too', async () => {
  const page = makePageOf(
    'mixed',
    `actorsim: 1
actors: {A: {m: [{call: self.m}]}}
start: [{call: A/1.m}]
scenarios:
  - {name: refused at once, config: {reentrancy: {enabled: true, maxStackDepth: 0}}, dapr: "1.14"}
  - {name: refused later, config: {reentrancy: {enabled: true}}}
`,
  );
  await open(page, async (window) => {
    assert.equal(await window.locator('.case-link').count(), 2);
  });
});

test('of a long run only what can be seen is in the document', async () => {
  const page = makePageOf(
    'long',
    `actorsim: 1
actors: {A: {m: [{sleep: 2ms}]}}
start: [{call: "A/$(i%500).m", count: 5000, every: 10us}]
`,
  );
  await open(page, async (window) => {
    assert.equal(await window.evaluate(() => window.actorsim.player.length), 10_000);
    for (const at of [0, 5000, 9999]) {
      await window.evaluate((to) => window.actorsim.player.seek(to), at);
      await window.getByRole('tab', {name: 'All steps'}).click();
      const nodes = await window.evaluate(() => document.querySelectorAll('body *').length);
      assert.ok(nodes < 4000, `${nodes} elements at step ${at}`);
      assert.ok((await window.locator('#stage .call').count()) > 0 || at === 0);
    }
  });
});

// The page's model against itself and against the other report: any way to a step leads to the same locks.
test('every film shows the same locks whether it is played or jumped into', async () => {
  await open(
    makePage('many', ['run', 'scenarios/giving-up', 'scenarios/order', 'scenarios/parallel', 'scenarios/deactivation']),
    async (page) => {
      const problems = await page.evaluate(() => {
        const wrong = [];
        window.actorsim.index.cases.forEach((entry, which) =>
          entry.films.forEach((facts) => {
            const data = JSON.parse(document.getElementById(facts.block).textContent);
            const played = new window.actorsim.RecordedFilm(data, window.actorsim.index.words);
            for (let step = 0; step <= played.length; ++step) {
              const locks = played.locksAt(step);
              const jumped = new window.actorsim.RecordedFilm(data, window.actorsim.index.words);
              if (JSON.stringify(jumped.locksAt(step)) !== JSON.stringify(locks))
                wrong.push(`case ${which + 1}, step ${step}: jumped`);
              const inside = new Set(locks.flatMap((state) => (state ? state.inside : [])));
              for (const call of played.calls) {
                const isInside = call.pieces.some(
                  (piece) => piece.kind === 'inside' && piece.from <= step && (piece.to === null || step < piece.to),
                );
                if (isInside !== inside.has(call.number))
                  wrong.push(`case ${which + 1}, step ${step}, call ${call.number + 1}: inside`);
              }
            }
          }),
        );
        return wrong;
      });
      assert.deepEqual(problems, []);
    },
  );
});

test('a film follows the graph of all situations wherever it is an order of its steps', async () => {
  await open(makePage('ways', ['explore', 'scenarios/interleavings', 'scenarios/deadlock']), async (page) => {
    const lengths = await page.evaluate(() =>
      window.actorsim.index.cases.flatMap((entry) => {
        if (entry.graph === null) return [];
        const graph = window.actorsim.graphOf(entry);
        return entry.films
          .filter((facts) => facts.title.startsWith('Way to'))
          .map((facts) => {
            const film = window.actorsim.filmOf(facts.block);
            const steps = film.frames.filter((frame) => frame.mover !== 'nobody').length;
            return [entry.name, facts.title, graph.pathOf(film, true).length - 1, steps];
          });
      }),
    );
    assert.ok(lengths.length > 5);
    for (const [name, title, followed, steps] of lengths) assert.equal(followed, steps, `${name}: ${title}`);
  });
});

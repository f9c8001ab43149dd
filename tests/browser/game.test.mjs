// Be the scheduler: the game can be won and lost, gives hints that lead there, and says why who cannot move.
import assert from 'node:assert/strict';
import test from 'node:test';

import {lockTable, makePage, open} from './support.mjs';

const interleavings = makePage('interleavings', ['run', 'scenarios/interleavings']);
const CROSSING = '#case=5';

const choices = (page) => page.locator('.choose');
const result = (page) => page.locator('.result-title');

test('a deadlock is caused by choosing who moves', async () => {
  await open(
    interleavings,
    async (page) => {
      await page.getByRole('button', {name: 'Be the scheduler'}).click();
      assert.equal(await page.getByRole('button', {name: 'Cause a deadlock'}).getAttribute('aria-pressed'), 'true');
      assert.deepEqual(await page.locator('.choose-text').allTextContents(), [
        'A client calls Account/a.transfer',
        'A client calls Account/b.transfer',
      ]);
      await choices(page).nth(0).click();
      await choices(page).nth(1).click();
      assert.deepEqual(Object.keys(await lockTable(page)).sort(), ['Account/a', 'Account/b']);
      await choices(page).nth(0).click();
      assert.match(
        await page.locator('.blocked li').first().textContent(),
        /waits for Account\/b: t2's Account\/b.transfer is inside/,
      );
      assert.deepEqual((await lockTable(page))['Account/b'], {id: 'r2', depth: '1/32', holders: [2], queue: [3]});
      await choices(page).nth(0).click();
      assert.equal(await result(page).textContent(), 'Deadlock! You have found it.');
      const text = await page.locator('.result').textContent();
      assert.match(text, /4 steps\. There is no shorter way\./);
      assert.match(text, /They wait in a circle/);
      assert.match(text, /waits for the lock of Account\/b, held by 2/);
      assert.equal(await page.locator('.wait-edge.stuck').count(), 4);
      assert.ok((await page.locator('.confetti i').count()) > 10);
    },
    {hash: CROSSING},
  );
});

for (const [goal, won] of [
  ['Cause a deadlock', 'Deadlock! You have found it.'],
  ['Bring everybody home', 'Everybody is home!'],
]) {
  test(`hints lead to the goal: ${goal}`, async () => {
    await open(
      interleavings,
      async (page) => {
        await page.keyboard.press('g');
        await page.getByRole('button', {name: goal}).click();
        for (let i = 0; i < 20 && (await result(page).count()) === 0; ++i) {
          await page.keyboard.press('h');
          await page.locator('.choose.hinted').click();
        }
        assert.equal(await result(page).textContent(), won);
        assert.match(await page.locator('.result').textContent(), /hints\./);
      },
      {hash: CROSSING},
    );
  });
}

test('whoever has gone too far is told so, can take it back, and loses otherwise', async () => {
  await open(
    interleavings,
    async (page) => {
      await page.keyboard.press('g');
      await page.getByRole('button', {name: 'Bring everybody home'}).click();
      for (const key of ['1', '2', '1']) await page.keyboard.press(key);
      assert.equal(await page.locator('.choose').count(), 1, 'call 2 alone can move');
      await page.keyboard.press('h');
      assert.match(await page.locator('.hint-text').first().textContent(), /It is too late/);
      await page.keyboard.press('1');
      assert.equal(await page.locator('.result.lost').count(), 1);
      for (let i = 0; i < 3; ++i) await page.keyboard.press('u');
      assert.equal(await page.locator('.result').count(), 0);
      assert.equal(await page.locator('.choose').count(), 2);
      await page.keyboard.press('r');
      assert.match(await page.locator('.game-intro').textContent(), /Nobody has moved yet/);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('#game').isVisible(), false);
      assert.equal(await page.locator('#story').isVisible(), true);
    },
    {hash: CROSSING},
  );
});

test('every game can be won from the beginning by its hints, whatever its goal', async () => {
  await open(
    makePage('games', [
      'run',
      'scenarios/interleavings',
      'scenarios/deadlock',
      'scenarios/giving-up',
      'scenarios/parallel',
      'scenarios/timers',
    ]),
    async (page) => {
      const played = await page.evaluate(() => {
        const done = [];
        window.actorsim.index.cases.forEach((entry, which) => {
          if (entry.graph === null) return;
          window.actorsim.openCase(which, 0, 0);
          window.actorsim.enterGame();
          const {game} = window.actorsim;
          for (const goal of Object.keys(game.graph.states[0].prospects)) {
            game.setGoal(goal);
            const least = game.state.prospects[goal].steps;
            for (let i = 0; i < 200 && !game.isOver(game.state); ++i) {
              game.hint();
              if (game.hinted === 'none') break;
              game.choose(game.hinted);
            }
            done.push([entry.name, goal, game.state.verdict, game.moves.length, least]);
          }
        });
        return done;
      });
      assert.ok(played.length > 60, `${played.length} games`);
      for (const [name, goal, verdict, moves, least] of played) {
        assert.equal(verdict, goal, `${name}: ${goal}`);
        assert.equal(moves, least, `${name}: ${goal} on the shortest way`);
      }
    },
  );
});

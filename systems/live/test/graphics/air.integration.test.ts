import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyLayer } from '../../src/graphics/layer-state.ts'
import { startFeedServer } from './feed-server.ts'
import type { FeedServer } from './feed-server.ts'
import { insightOf } from './insight.ts'
import { launchBrowser } from '../support/launch-browser.ts'
import { readPainted } from './painted.ts'

let browser: Browser
beforeAll(async () => void (browser = await launchBrowser()))
afterAll(() => browser?.close())

const numbered = (number: number) => insightOf({ kind: 'x', id: `insight-${number}` })

/** Waits for what the feed client of a page has heard. */
async function expectHeard(page: Page, count: number): Promise<void> {
  await page.waitForFunction((least) => (globalThis as { heard?: string[] }).heard!.length >= least, count)
  const heard = await page.evaluate(() => (globalThis as { heard?: string[] }).heard)
  expect(heard).toEqual(Array.from({ length: count }, (_, index) => `insight-${index + 1}`))
}

test.each(['sse', 'ws'])(
  'losing a server loses no insight and repeats none, nor does its return (%s) [LIVE-AIR-01]',
  async (transport) => {
    let one: FeedServer = await startFeedServer()
    const other = await startFeedServer()
    const page = await browser.newPage()
    try {
      await page.goto(`${one.address}/blank`)
      // As text, since the test runner rewrites `import` in functions.
      await page.evaluate(`import('/live/air/feed-client.js').then(({ openFeed }) => {
        globalThis.heard = []
        openFeed({
          addresses: ${JSON.stringify([one.address, other.address])},
          matchId: 'match-1',
          transport: '${transport}',
          onInsight: ({ id }) => globalThis.heard.push(id),
        })
      })`)
      const log = [1, 2, 3].map(numbered)
      for (const insight of log) {
        one.tell(insight)
        other.tell(insight)
      }
      await expectHeard(page, 3)
      await one.stop()
      for (const insight of [4, 5].map(numbered)) {
        log.push(insight)
        other.tell(insight)
      }
      await expectHeard(page, 5)
      one = await startFeedServer(log, one.port)
      await other.stop()
      one.tell(numbered(6))
      await expectHeard(page, 6)
    } finally {
      await page.close()
      await one.stop()
      await other.stop()
    }
  },
)

/** Opens the air page and collects its errors. */
async function openAir(server: FeedServer, query: string) {
  const page = await browser.newPage({
    viewport: { width: 1920, height: 1080 },
    deviceScaleFactor: 1 / 4,
    reducedMotion: 'reduce',
  })
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(`${server.address}/live/air/?match=match-1&${query}`)
  await page.waitForSelector('html[data-air=ready]', { state: 'attached' })
  const isOnAir = (id: string, isOn: boolean) =>
    page.waitForFunction(
      ([tag, wanted]) => {
        const graphic = document.querySelector(String(tag)) as { currentStep?: number } | null
        return (graphic?.currentStep !== undefined) === wanted
      },
      [`air-${id}`, isOn] as const,
    )
  const painted = async () => readPainted(await page.screenshot({ omitBackground: true }), 4)
  return { page, problems, isOnAir, painted }
}

test('an important insight puts its graphic on a transparent page, and a later one changes it [LIVE-AIR-03]', async () => {
  const server = await startFeedServer()
  const { page, problems, isOnAir, painted } = await openAir(server, 'graphics=win-probability,coverage')
  try {
    const winning = (probability: number, id: string) =>
      insightOf({ kind: 'nfl.win-probability', id, estimate: { type: 'probability', probability } })
    expect((await painted()).pixels).toBe(0)
    server.tell(insightOf({ kind: 'nfl.coverage', id: 'c', importance: 0.1 }))
    server.tell(winning(0.64, 'a'))
    await isOnAir('win-probability', true)
    server.tell({ ...winning(0.71, 'b'), importance: 0.1 })
    await page.waitForFunction(
      () =>
        document.querySelector('air-win-probability')?.shadowRoot?.querySelector('.home-figure .new')
          ?.textContent === '71%',
    )
    await expect.poll(async () => (await painted()).pixels).toBeGreaterThan(300)
    expect((await painted()).top).toBeGreaterThan(540)
    expect(await page.locator('air-coverage').count()).toBe(0)
    expect(problems).toEqual([])
  } finally {
    await page.close()
    await server.stop()
  }
})

test('a line has its past on a page that is opened in mid-game, and what was only true then does not come back [LIVE-AIR-06]', async () => {
  const said = Array.from({ length: 30 }, (_, index) => ({
    ...insightOf({
      kind: 'nfl.win-probability',
      id: `w${index}`,
      estimate: { type: 'probability', probability: 0.4 + index / 100 },
    }),
    clocks: {
      eventTimeMs: index * 60_000,
      eventTimeFrom: 'game' as const,
      game: { period: 1 + Math.floor(index / 15), secondsLeft: 900 - (index % 15) * 60 },
      smpte: null,
    },
  }))
  const log = [...said, insightOf({ kind: 'nfl.coverage', id: 'c' })]
  const server = await startFeedServer(log, 0, log.length)
  // The stream goes on from now; only what is asked for is of before.
  const { page, problems, isOnAir } = await openAir(server, 'layer=main')
  try {
    server.setLayer({
      ...emptyLayer('main'),
      isAuto: false,
      revision: 1,
      program: { graphic: 'win-probability', data: null, step: 0 },
    })
    await isOnAir('win-probability', true)
    const points = await page.evaluate(
      () =>
        document
          .querySelector('air-win-probability')
          ?.shadowRoot?.querySelector('path.line')
          ?.getAttribute('d')
          ?.match(/[MLHV]/g)?.length,
    )
    expect(points).toBeGreaterThanOrEqual(30)
    server.setLayer({
      ...emptyLayer('main'),
      isAuto: false,
      revision: 2,
      program: { graphic: 'coverage', data: null, step: 0 },
    })
    await isOnAir('win-probability', false)
    expect(await page.locator('air-coverage').count()).toBe(0)
    expect(problems).toEqual([])
  } finally {
    await page.close()
    await server.stop()
  }
})

test('a followed layer shows what the operator takes, fed by insights or by hand, and clears [LIVE-AIR-04]', async () => {
  const server = await startFeedServer()
  const { page, problems, isOnAir, painted } = await openAir(server, 'layer=main')
  try {
    const manual = { ...emptyLayer('main'), isAuto: false }
    const coverage = { graphic: 'coverage', data: { coverage: 'man', probability: 0.7 }, step: 0 }
    server.setLayer({ ...manual, program: coverage, revision: 1 })
    await isOnAir('coverage', true)
    await expect.poll(async () => (await painted()).pixels).toBeGreaterThan(300)
    expect((await painted()).bottom).toBeLessThan(540)
    // An insight takes nothing on while an operator is at the desk, but feeds what follows the insights.
    const probability = insightOf({
      kind: 'nfl.win-probability',
      id: 'a',
      importance: 1,
      estimate: { type: 'probability', probability: 0.9 },
    })
    server.tell(probability)
    server.setLayer({ ...manual, program: { graphic: 'win-probability', data: null, step: 0 }, revision: 2 })
    await isOnAir('coverage', false)
    await page.waitForFunction(
      () =>
        document.querySelector('air-win-probability')?.shadowRoot?.querySelector('.home-figure .new')
          ?.textContent === '90%',
    )
    server.setLayer({ ...manual, program: null, revision: 3 })
    await isOnAir('win-probability', false)
    await expect.poll(async () => (await painted()).pixels).toBe(0)
    expect(problems).toEqual([])
  } finally {
    await page.close()
    await server.stop()
  }
})

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { renderDemoVideo } from '../../samples/video/render-video.ts'
import type { Recap } from '../../src/recap/select-recap.ts'
import { simulateNbaGame } from '../../samples/nba/simulate-nba-game.ts'
import { tagsOf } from '../events/tags-of.ts'
import { launchBrowser } from '../support/launch-browser.ts'
import { startTestLive } from '../support/start-test-live.ts'
import type { TestLive } from '../support/start-test-live.ts'
import { serveRecap } from './serve-recap.ts'
import type { RecapServer } from './serve-recap.ts'

const run = promisify(execFile)
const startMs = Date.UTC(2026, 0, 1, 18)
const game = simulateNbaGame({ seed: 3, startMs, withTracking: false, stoppageScale: 0.1 })
const matchId = game.match.id
/** What has happened when the viewer joins, and how much more of the game there is video of. */
const joinSeconds = 200
const videoSeconds = 230
const events = [...game].filter(({ clocks }) => clocks.eventTimeMs < startMs + (joinSeconds - 4) * 1_000)

let dir: string
let live: TestLive
let server: RecapServer
let browser: Browser
let firstPictureMs: number

const call = (method: 'get' | 'put' | 'post', path: string, given: object = {}) =>
  live.call(method, `/matches/:matchId/${path}`, { params: { matchId }, ...given })

/** Back to when the viewer joined, once the playlist that was read meanwhile is no longer handed out. */
async function listAsAtJoin(): Promise<void> {
  server.listed = joinSeconds / 2
  const endMs = async () => ((await call('get', 'recap')) as Recap).cuts.at(-1)!.endMs
  await expect.poll(endMs, { timeout: 10_000 }).toBeLessThan(firstPictureMs + joinSeconds * 1_000 + 500)
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heavylift-recap-'))
  server = await serveRecap(() => live, dir)
  server.listed = joinSeconds / 2
  const tags = tagsOf(events).map((tag, at) => ({ ...tag, id: `t${at}`, matchId, sport: 'nba' as const }))
  ;[live, browser, firstPictureMs] = await Promise.all([
    startTestLive({ videoOrigins: [server.address] }),
    launchBrowser(),
    renderDemoVideo({
      match: game.match,
      tags,
      fromMs: startMs,
      toMs: startMs + videoSeconds * 1_000,
      dir,
      segments: 'ts',
      signal: AbortSignal.timeout(60_000),
    }),
  ])
  await live.call('post', '/feed', {
    query: { format: 'heavylift-jsonl' },
    body: new Response(events.map((event) => `${JSON.stringify(event)}\n`).join('')).body,
  })
  const hearTags = async () =>
    expect(((await call('get', 'recap')) as Recap).moments.length).toBeGreaterThan(8)
  await vi.waitFor(hearTags, { timeout: 110_000, interval: 250 })
  await call('put', 'stream', {
    body: { url: `${server.address}/video/live.m3u8`, offsetMs: firstPictureMs - startMs },
  })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await live?.stop()
  await rm(dir, { recursive: true, force: true })
})

test('the recap of a real stream lasts two minutes and says why each moment is in [LIVE-RECAP-01]', async () => {
  const recap = (await call('get', 'recap')) as Recap & { hasVideo: boolean }
  expect(recap.hasVideo).toBe(true)
  expect(Math.abs(recap.durationMs - 120_000)).toBeLessThanOrEqual(2_000)
  expect(recap.cuts.at(-1)!.endMs).toBeCloseTo(firstPictureMs + joinSeconds * 1_000, -2)
  expect(recap.moments.every(({ reasons, text }) => reasons.length > 0 && text !== '')).toBe(true)
  const captions = await (await fetch(`${server.address}/api/live/matches/${matchId}/recap.vtt`)).text()
  expect(captions).toMatch(/^WEBVTT\n\n00:00:0\d\.\d{3} --> /)
})

test('Chromium plays the recap over its cuts and goes on into the live stream [LIVE-RECAP-10]', async () => {
  const { cuts, durationMs } = (await call('get', 'recap', { query: { seconds: 40 } })) as Recap
  expect(cuts.length).toBeGreaterThan(3)
  const page = await browser.newPage()
  await page.goto(server.address)
  await page.evaluate((address) => {
    interface Player {
      loadSource(url: string): void
      attachMedia(video: Element): void
      on(event: string, listener: (name: string, data: { fatal: boolean; details: string }) => void): void
      playingDate: Date | null
    }
    const scope = globalThis as unknown as { Hls: new () => Player; player: Player; problems: string[] }
    const video = document.querySelector('video')!
    scope.problems = []
    scope.player = new scope.Hls()
    scope.player.on('hlsError', (_, { fatal, details }) => fatal && scope.problems.push(details))
    scope.player.loadSource(address)
    scope.player.attachMedia(video)
    video.addEventListener('canplay', () => void video.play(), { once: true })
  }, `${server.address}/api/live/matches/${matchId}/live-with-recap.m3u8?seconds=40`)
  const state = () =>
    page.evaluate(() => {
      const video = document.querySelector('video')!
      const { player, problems } = globalThis as unknown as {
        player: { playingDate: Date | null }
        problems: string[]
      }
      return { at: video.currentTime, shownMs: player.playingDate?.getTime() ?? 0, problems }
    })
  // Starts with the first cut and not at the live edge.
  await expect.poll(async () => (await state()).at, { timeout: 15_000 }).toBeGreaterThan(0.2)
  expect((await state()).at).toBeLessThan(cuts[0]!.endMs - cuts[0]!.startMs)
  // More of the game is played meanwhile.
  server.listed = videoSeconds / 2
  let before = 0
  for (const cut of cuts) {
    await page.evaluate(
      (seconds) => {
        document.querySelector('video')!.currentTime = seconds
      },
      Math.max(0.1, before / 1_000 - 0.3),
    )
    before += cut.endMs - cut.startMs
    // It plays on over the border, and what it shows is what the cut says.
    const inside = (shownMs: number) => shownMs > cut.startMs && shownMs < cut.endMs
    await expect.poll(async () => inside((await state()).shownMs), { timeout: 15_000 }).toBe(true)
  }
  await page.evaluate(
    (seconds) => {
      document.querySelector('video')!.currentTime = seconds
    },
    durationMs / 1_000 - 0.3,
  )
  const joinedMs = firstPictureMs + joinSeconds * 1_000
  await expect.poll(async () => (await state()).shownMs, { timeout: 15_000 }).toBeGreaterThan(joinedMs + 300)
  expect((await state()).problems).toEqual([])
  await page.close()
  await listAsAtJoin()
})

test('the watch page marks the moments, seeks to them and skips to live, with video of another origin [LIVE-RECAP-15]', async () => {
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto(
    `${server.address.replace('127.0.0.1', 'localhost')}/live/watch/?match=${matchId}&seconds=40`,
  )
  const state = page.locator('#state')
  await expect.poll(() => state.textContent(), { timeout: 15_000 }).toMatch(/^Recap: \d+ s to now$/)
  const { moments } = (await call('get', 'recap', { query: { seconds: 40 } })) as Recap
  const marks = page.locator('#bar button')
  expect(await marks.count()).toBe(moments.length)
  const last = moments.length - 1
  await marks.nth(last).click()
  await expect.poll(() => marks.nth(last).getAttribute('aria-current'), { timeout: 15_000 }).toBe('true')
  server.listed = videoSeconds / 2
  await expect
    .poll(
      async () => {
        await page.locator('#to-live').click()
        return state.textContent()
      },
      { timeout: 20_000, interval: 500 },
    )
    .toMatch(/^Live, \d+ s behind$/)
  expect(problems).toEqual([])
  await page.close()
  await listAsAtJoin()
})

test('an interstitial leads to the same recap at an absolute address [LIVE-RECAP-07]', async () => {
  const address = `${server.address}/api/live/matches/${matchId}`
  const master = await (await fetch(`${address}/live-with-interstitial.m3u8`)).text()
  const media = await (await fetch(`${address}/${master.split('\n')[2]}`)).text()
  const asset = /CLASS="com.apple.hls.interstitial".*X-ASSET-URI="([^"]+)"/.exec(media)![1]!
  expect(asset).toMatch(/^http:/)
  const recap = await (await fetch(asset)).text()
  expect(recap).toBe(await (await fetch(`${address}/recap.m3u8`)).text())
  expect(recap.match(/EXT-X-DISCONTINUITY/g)!.length).toBeGreaterThan(3)
})

test('hls.js plays the recap as an interstitial before the live stream [LIVE-RECAP-07]', async () => {
  const page = await browser.newPage()
  await page.goto(server.address)
  await page.evaluate((address) => {
    interface Player {
      loadSource(url: string): void
      attachMedia(video: Element): void
      on(event: string, listener: (name: string, data: { asset: { uri: string } }) => void): void
    }
    const scope = globalThis as unknown as { Hls: new () => Player; asset: string }
    const video = document.querySelector('video')!
    const player = new scope.Hls()
    scope.asset = ''
    player.on('hlsInterstitialAssetStarted', (_, { asset }) => (scope.asset = asset.uri))
    player.loadSource(address)
    player.attachMedia(video)
    void video.play().catch(() => undefined)
  }, `${server.address}/api/live/matches/${matchId}/live-with-interstitial.m3u8?seconds=40`)
  const asset = () => page.evaluate(() => (globalThis as unknown as { asset: string }).asset)
  await expect.poll(asset, { timeout: 15_000 }).toContain(`/api/live/matches/${matchId}/recap.m3u8?plan=`)
  await page.close()
})

test('the playlist that leads to the recap says what it is made of [LIVE-RECAP-20]', async () => {
  const address = `${server.address}/api/live/matches/${matchId}/live-with-recap.m3u8?seconds=40`
  const line = (await (await fetch(address)).text()).split('\n')[1]!
  expect(line).toMatch(
    /^#EXT-X-STREAM-INF:BANDWIDTH=\d+,RESOLUTION=\d+x\d+,CODECS="avc1\.[0-9a-f]{6}(,mp4a\.40\.2)?"$/,
  )
})

test('the MP4 lasts as long as the recap and holds the very pictures of the stream [LIVE-RECAP-11]', async () => {
  const { durationMs } = (await call('get', 'recap')) as Recap
  const answer = await fetch(`${server.address}/api/live/matches/${matchId}/recap.mp4`, { method: 'POST' })
  const file = join(dir, 'recap.mp4')
  await writeFile(file, new Uint8Array(await answer.arrayBuffer()))
  const shown = ['-show_entries', 'format=duration:stream=codec_name,nb_frames', '-of', 'json']
  const { stdout } = await run('ffprobe', ['-v', 'error', ...shown, file])
  const { format, streams } = JSON.parse(stdout) as {
    format: { duration: string }
    streams: { codec_name: string; nb_frames: string }[]
  }
  expect(Math.abs(Number(format.duration) - durationMs / 1_000)).toBeLessThan(1)
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac', 'mov_text'])
  // Ten pictures a second: none is lost and none made.
  expect(Number(streams[0]!.nb_frames)).toBe(durationMs / 100)
})

test('an address that leads to a private network is refused unless its origin is configured [LIVE-RECAP-12]', async () => {
  const put = (url: string) => call('put', 'stream', { body: { url } })
  await expect(put('http://127.0.0.1/live.m3u8')).rejects.toMatchObject({ code: 'outbound-address-refused' })
  await expect(put('file:///etc/passwd')).rejects.toMatchObject({ code: 'stream-url-invalid' })
})

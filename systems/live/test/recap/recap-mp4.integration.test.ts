import { execFile } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Command } from '@heavylift/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recapCommand, simulateCommand, videoCommand } from '../../src/commands/commands.ts'
import { renderDemoVideo } from '../../samples/video/render-video.ts'
import { readMediaPlaylist } from '../../src/recap/hls/media-playlist.ts'
import type { HlsSegment } from '../../src/recap/hls/media-playlist.ts'
import { segmentsOf } from '../../src/recap/hls/recap-playlist.ts'
import { runFfmpeg } from '../../src/recap/mp4/run-ffmpeg.ts'
import { writeStreamRecap } from '../../src/recap/mp4/stream-recap.ts'
import type { Recap } from '../../src/recap/select-recap.ts'
import { joinCuts } from '../../src/recap/mp4/join-cuts.ts'
import { readRecording } from '../../src/recap/mp4/key-frames.ts'
import type { VideoOrigin } from '../../src/recap/hls/video-origin.ts'
import { simulateNbaGame } from '../../samples/nba/simulate-nba-game.ts'

const run = promisify(execFile)
const signal = AbortSignal.timeout(100_000)
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heavylift-mp4-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** Seconds and pictures of a file. */
async function probe(file: string): Promise<{ seconds: number; frames: number; streams: number }> {
  const shown = ['-count_packets', '-show_entries', 'format=duration:stream=codec_type,nb_read_packets']
  const { stdout } = await run('ffprobe', ['-v', 'error', ...shown, '-of', 'json', file])
  const { format, streams } = JSON.parse(stdout) as {
    format: { duration: string }
    streams: { codec_type: string; nb_read_packets: string }[]
  }
  const video = streams.find(({ codec_type }) => codec_type === 'video')
  return {
    seconds: Number(format.duration),
    frames: Number(video?.nb_read_packets),
    streams: streams.length,
  }
}

/** An origin in this process, whose answers come in pieces of an odd size. */
const originOf = (bytes: (url: string) => Promise<Uint8Array>): Pick<VideoOrigin, 'bytes' | 'read'> => ({
  bytes,
  async read(url, _range, _signal, consume) {
    const all = await bytes(url)
    await consume(
      (async function* () {
        for (let at = 0; at < all.byteLength; at += 1_001) yield all.subarray(at, at + 1_001)
      })(),
    )
  },
})

const plainSegment: HlsSegment = {
  uri: 'https://video.example/0.ts',
  startMs: 0,
  durationMs: 2_000,
  isBreak: false,
  key: null,
  map: null,
  byterange: null,
  isGap: false,
  sequence: 0,
  discontinuity: 0,
}

const call = (command: Command, args: Record<string, string>, options: Record<string, string>) =>
  command.run({
    args,
    options,
    api: () => Promise.reject(new Error('There is no server.')),
    report: () => undefined,
    print: () => undefined,
    confirm: async () => {},
    dataDir: dir,
    signal,
  })

const plainText = (text: string): string => text.replaceAll(/\s+/g, ' ')

test('a recording becomes its recap by one command, from MP4 and from a transport stream [LIVE-RECAP-13]', async () => {
  const feed = join(dir, 'feed.jsonl')
  await call(simulateCommand, { sport: 'nba' }, { out: feed, seed: '5' })
  const video = join(dir, 'video')
  await call(videoCommand, { feed }, { out: video, minutes: '3' })
  const [ts, mp4] = [join(dir, 'game.ts'), join(dir, 'game.mp4')]
  await runFfmpeg(['-i', join(video, 'live.m3u8'), '-c', 'copy', ts], { signal })
  await runFfmpeg(['-i', ts, '-c', 'copy', mp4], { signal })
  for (const recording of [ts, mp4]) {
    const out = join(dir, `recap-of-${basename(recording)}.mp4`)
    const options = { feed, start: '2026-01-01T18:00:00Z', seconds: '60', out }
    const recap = (await call(recapCommand, { recording }, options)) as Recap
    expect(Math.abs(recap.durationMs - 60_000)).toBeLessThanOrEqual(2_000)
    expect(recap.cuts.length).toBeGreaterThan(2)
    const { seconds, frames, streams } = await probe(out)
    expect(Math.abs(seconds - recap.durationMs / 1_000)).toBeLessThan(1)
    expect(Math.abs(frames - recap.durationMs / 100)).toBeLessThanOrEqual(recap.cuts.length)
    // Pictures, sound and captions.
    expect(streams).toBe(3)
    const { stdout: captions } = await run('ffmpeg', [
      '-v',
      'error',
      '-i',
      out,
      '-map',
      '0:s',
      '-f',
      'webvtt',
      '-',
    ])
    expect(captions.match(/-->/g)?.length).toBeGreaterThanOrEqual(2)
    expect(captions).toContain(plainText(recap.moments.find(({ text }) => text !== '')!.text))
  }
})

test('encrypted fragmented MP4 segments are joined as they are, and an abort ends it [LIVE-RECAP-14]', async () => {
  const game = simulateNbaGame({ seed: 1, startMs: 0, withTracking: false })
  const video = join(dir, 'fmp4')
  await mkdir(video)
  await renderDemoVideo({
    match: game.match,
    tags: [],
    fromMs: 0,
    toMs: 40_000,
    dir: video,
    segments: 'fmp4',
    signal,
  })
  const text = await readFile(join(video, 'live.m3u8'), 'utf8')
  const playlist = readMediaPlaylist(
    text.replace('#EXTINF', '#EXT-X-KEY:METHOD=AES-128,URI="key.bin"\n#EXTINF'),
    'https://video.example/live.m3u8',
  )
  const [zero = 0] = playlist.segments.map(({ startMs }) => startMs)
  const cut = (from: number, to: number) => ({ startMs: zero + from * 1_000, endMs: zero + to * 1_000 })
  const segments = segmentsOf(playlist, [cut(2, 6), cut(12, 14), cut(30, 40)])
  const key = Buffer.alloc(16, 7)
  const origin = originOf(async (url) => {
    if (url.endsWith('key.bin')) return key
    const bytes = await readFile(join(video, basename(url)))
    const segment = segments.find(({ uri }) => uri === url)
    if (!segment) return bytes
    const iv = Buffer.from(segment.sequence.toString(16).padStart(32, '0'), 'hex')
    const cipher = createCipheriv('aes-128-cbc', key, iv)
    return Buffer.concat([cipher.update(bytes), cipher.final()])
  })
  const work = join(dir, 'work')
  await mkdir(work)
  const out = join(dir, 'joined.mp4')
  const stages = new Set<string>()
  await writeStreamRecap(segments, origin, {
    dir: work,
    out,
    signal,
    report: ({ stage }) => stages.add(stage),
  })
  const { seconds, frames } = await probe(out)
  expect(Math.abs(seconds - 16)).toBeLessThan(0.5)
  expect(frames).toBe(160)
  expect([...stages]).toEqual(['fetching', 'joining'])

  const stopped = AbortSignal.abort(new Error('gone'))
  await expect(
    writeStreamRecap(segments, origin, { dir: work, out, signal: stopped, report: () => undefined }),
  ).rejects.toThrow('gone')
})

test('a failure says what ffmpeg said last [LIVE-RECAP-14]', async () => {
  const broken = join(dir, 'broken.mp4')
  await writeFile(broken, 'no video')
  await expect(runFfmpeg(['-i', broken, join(dir, 'x.mp4')], { signal })).rejects.toMatchObject({
    code: 'ffmpeg-failed',
    message: expect.stringContaining('Invalid data') as string,
  })
  await expect(call(recapCommand, { recording: broken }, { feed: broken, start: 'soon' })).rejects.toThrow(
    '--start',
  )
})

test('a segment that is a playlist of a file of this disk gives nothing of it, nor does any other format that names files [LIVE-RECAP-17]', async () => {
  const secret = join(dir, 'secret.ts')
  const picture = ['-f', 'lavfi', '-i', 'testsrc=duration=2:size=64x64:rate=10', '-c:v', 'libx264']
  await runFfmpeg([...picture, '-f', 'mpegts', secret], { signal })
  const listed = `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://${secret}\n#EXT-X-ENDLIST\n`
  const concat = `ffconcat version 1.0\nfile '${secret}'\n`
  const work = join(dir, 'attack')
  await mkdir(work)
  const out = join(work, 'out.mp4')
  for (const [at, attack] of [listed, concat].entries()) {
    const hostile = originOf(async () => Buffer.from(attack.padEnd(4_000)))
    for (const map of [null, 'URI="https://video.example/init.mp4"']) {
      const segment = { ...plainSegment, map }
      await expect(
        writeStreamRecap([segment], hostile, { dir: work, out, signal, report: () => undefined }),
      ).rejects.toMatchObject({ code: 'segment-format', status: 422 })
    }
    if (attack === concat) continue
    // Without the check of the first bytes: ffmpeg itself refuses.
    const path = join(work, `list-${at}.ts`)
    await writeFile(path, attack)
    const joined = joinCuts([{ path, durationMs: 2_000, within: null }], { dir: work, out, signal })
    await expect(joined).rejects.toMatchObject({ code: 'ffmpeg-failed' })
    await expect(readRecording(path, 0, signal)).rejects.toMatchObject({ code: 'recording-unreadable' })
  }
  await expect(stat(out)).rejects.toThrow('ENOENT')
})

test('what is fetched for an MP4 is bounded on disk [LIVE-RECAP-18]', async () => {
  const work = join(dir, 'bounded')
  await mkdir(work)
  const packets = Buffer.alloc(188 * 1_000)
  for (let at = 0; at < packets.byteLength; at += 188) packets[at] = 0x47
  const options = { dir: work, out: join(work, 'x.mp4'), signal, report: () => undefined, mostBytes: 10_000 }
  await expect(
    writeStreamRecap(
      [plainSegment],
      originOf(async () => packets),
      options,
    ),
  ).rejects.toMatchObject({ code: 'recap-too-large' })
  expect((await stat(join(work, 'cut-0.ts'))).size).toBeLessThanOrEqual(10_000)
})

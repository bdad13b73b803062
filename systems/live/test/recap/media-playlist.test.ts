import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withInterstitial } from '../../src/recap/hls/interstitial.ts'
import { readMediaPlaylist } from '../../src/recap/hls/media-playlist.ts'
import { mapRenditions, renditionsOf } from '../../src/recap/hls/multivariant.ts'
import { readCuts, readHandOver, writeCuts, writeHandOver } from '../../src/recap/hls/plan-code.ts'
import { liveWithRecap, planHandOver, recapPlaylist } from '../../src/recap/hls/recap-playlist.ts'

const url = 'https://video.example/live/main.m3u8'
const t0 = Date.UTC(2026, 0, 1, 18)
const iso = (seconds: number) => new Date(t0 + seconds * 1000).toISOString()
const cutOf = (from: number, to: number) => ({ startMs: t0 + from * 1000, endMs: t0 + to * 1000 })

/** A live playlist of two-second segments `from` to `to` (exclusive). */
function livePlaylist(from: number, to: number, extra: (n: number) => string[] = () => []): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-TARGETDURATION:2', `#EXT-X-MEDIA-SEQUENCE:${from}`]
  for (let n = from; n < to; n++)
    lines.push(...extra(n), `#EXT-X-PROGRAM-DATE-TIME:${iso(n * 2)}`, '#EXTINF:2.0,', `seg${n}.ts`)
  return lines.join('\n')
}

test('segments get wall times: their own, or counted on and back; ranges and initial vectors become explicit [LIVE-RECAP-04]', () => {
  const { segments } = readMediaPlaylist(
    [
      '#EXTM3U',
      '#EXT-X-TARGETDURATION:4',
      '#EXT-X-MEDIA-SEQUENCE:16',
      '#EXT-X-DISCONTINUITY-SEQUENCE:3',
      '#EXT-X-KEY:METHOD=AES-128,URI="key"',
      '#EXT-X-MAP:URI="init.mp4",BYTERANGE="700@0"',
      '#EXTINF:4.0,',
      '#EXT-X-BYTERANGE:1000@700',
      'all.mp4',
      `#EXT-X-PROGRAM-DATE-TIME:${iso(4)}`,
      '#EXTINF:3.5,a title',
      '#EXT-X-BYTERANGE:900',
      'all.mp4',
      '#EXT-X-KEY:METHOD=NONE',
      '#EXT-X-DISCONTINUITY',
      '#EXTINF:4.0,',
      'https://other.example/next.mp4',
    ].join('\n'),
    url,
  )
  expect(segments).toEqual([
    {
      uri: 'https://video.example/live/all.mp4',
      startMs: t0,
      durationMs: 4_000,
      isBreak: false,
      isGap: false,
      key: 'METHOD=AES-128,URI="https://video.example/live/key",IV=0x00000000000000000000000000000010',
      map: 'URI="https://video.example/live/init.mp4",BYTERANGE="700@0"',
      byterange: '1000@700',
      sequence: 16,
      discontinuity: 3,
    },
    expect.objectContaining({ startMs: t0 + 4_000, byterange: '900@1700', sequence: 17, discontinuity: 3 }),
    expect.objectContaining({
      uri: 'https://other.example/next.mp4',
      startMs: t0 + 7_500,
      key: null,
      isBreak: true,
      sequence: 18,
      discontinuity: 4,
    }),
  ])
})

test('what is no usable playlist is refused with a reason', () => {
  expect(() => readMediaPlaylist('<html>', url)).toThrow(/begin with #EXTM3U/)
  expect(() => readMediaPlaylist('#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\na.ts', url)).toThrow(
    /EXT-X-PROGRAM-DATE-TIME/,
  )
  expect(() => readMediaPlaylist('#EXTM3U\n#EXT-X-TARGETDURATION:2\na.ts', url)).toThrow(/no EXTINF/)
  expect(() => readMediaPlaylist('#EXTM3U\n#EXT-X-DEFINE:NAME="a",VALUE="b"', url)).toThrow(/variables/)
})

test('no text makes the reader fail in any other way than refusing it', () => {
  const line = fc.oneof(
    fc.constantFrom('#EXTM3U', '#EXTINF:2,', '#EXT-X-DISCONTINUITY', '#EXT-X-TARGETDURATION:2', 'a.ts', ''),
    fc.constantFrom(`#EXT-X-PROGRAM-DATE-TIME:${iso(0)}`, '#EXT-X-BYTERANGE:9', '#EXT-X-KEY:METHOD=AES-128'),
    fc.string({ maxLength: 20 }),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      try {
        const { segments } = readMediaPlaylist(['#EXTM3U', ...lines].join('\n'), url)
        for (const { startMs } of segments) expect(startMs).not.toBeNaN()
      } catch (error) {
        expect((error as { code: string }).code).toMatch(/^playlist-/)
      }
    }),
    { seed: 25, numRuns: 500 },
  )
})

test('a recap lists segments of the live stream, with a break and the time at each cut [LIVE-RECAP-05]', () => {
  const text = recapPlaylist(readMediaPlaylist(livePlaylist(100, 200), url), [
    cutOf(210, 214),
    cutOf(300, 302),
    cutOf(396, 400),
  ])
  expect(text.split('\n').filter((line) => /seg|DISCONTINUITY$|ENDLIST/.test(line))).toEqual([
    'https://video.example/live/seg105.ts',
    'https://video.example/live/seg106.ts',
    '#EXT-X-DISCONTINUITY',
    'https://video.example/live/seg150.ts',
    '#EXT-X-DISCONTINUITY',
    'https://video.example/live/seg198.ts',
    'https://video.example/live/seg199.ts',
    '#EXT-X-ENDLIST',
  ])
  expect(text).toContain(`#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM-DATE-TIME:${iso(300)}\n`)
})

test('keys and maps are carried to where they are needed', () => {
  const extra = (n: number) =>
    n === 0
      ? ['#EXT-X-MAP:URI="a.mp4"', '#EXT-X-KEY:METHOD=AES-128,URI="k1"']
      : n === 20
        ? ['#EXT-X-DISCONTINUITY', '#EXT-X-MAP:URI="b.mp4"', '#EXT-X-KEY:METHOD=NONE']
        : []
  const text = recapPlaylist(readMediaPlaylist(livePlaylist(0, 40, extra), url), [
    cutOf(10, 12),
    cutOf(60, 62),
  ])
  expect(text.split('\n').filter((line) => /KEY|MAP|seg/.test(line))).toEqual([
    '#EXT-X-KEY:METHOD=AES-128,URI="https://video.example/live/k1",IV=0x00000000000000000000000000000005',
    '#EXT-X-MAP:URI="https://video.example/live/a.mp4"',
    'https://video.example/live/seg5.ts',
    '#EXT-X-KEY:METHOD=NONE',
    '#EXT-X-MAP:URI="https://video.example/live/b.mp4"',
    'https://video.example/live/seg30.ts',
  ])
})

/** Numbers of each segment as a player counts them. */
function numbered(text: string): Map<string, { sequence: number; discontinuity: number }> {
  const value = (tag: string) => Number(new RegExp(`#${tag}:(\\d+)`).exec(text)![1])
  let sequence = value('EXT-X-MEDIA-SEQUENCE')
  let discontinuity = value('EXT-X-DISCONTINUITY-SEQUENCE')
  const segments = new Map<string, { sequence: number; discontinuity: number }>()
  for (const line of text.split('\n')) {
    if (line === '#EXT-X-DISCONTINUITY') discontinuity++
    if (line !== '' && !line.startsWith('#')) segments.set(line, { sequence: sequence++, discontinuity })
  }
  return segments
}

test('a segment keeps its numbers on every reload, while the live window slides over recap and hand-over [LIVE-RECAP-06]', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 60 }),
      fc.uniqueArray(fc.integer({ min: 100, max: 260 }), { maxLength: 6 }),
      (step, lag, breaks) => {
        const extra = (n: number) => (breaks.includes(n) ? ['#EXT-X-DISCONTINUITY'] : [])
        // The head of a window says how many breaks have fallen off it.
        const window = (from: number, to: number) =>
          readMediaPlaylist(
            livePlaylist(from, to, (n) => (n === from ? [] : extra(n))).replace(
              '#EXT-X-MEDIA',
              `#EXT-X-DISCONTINUITY-SEQUENCE:${breaks.filter((n) => n <= from).length}\n#EXT-X-MEDIA`,
            ),
            url,
          )
        const joined = window(100, 200)
        const plan = planHandOver(joined, [cutOf(210, 216), cutOf(300, 304), cutOf(396, 400)])
        const known = numbered(liveWithRecap(joined, plan))
        expect([...known.keys()].map((uri) => /\d+/.exec(uri.slice(-8))![0])).toEqual([
          '105',
          '106',
          '107',
          '150',
          '151',
          '198',
          '199',
        ])
        for (let from = 100 + step; from < 260; from += step) {
          const text = liveWithRecap(window(from, 200 + (from - 100) + lag), plan)
          for (const [uri, numbers] of numbered(text)) {
            expect(known.get(uri) ?? numbers).toEqual(numbers)
            known.set(uri, numbers)
          }
        }
      },
    ),
    { seed: 25, numRuns: 25 },
  )
})

test('an interstitial lays the recap before the live playlist [LIVE-RECAP-07]', () => {
  const text = withInterstitial(
    livePlaylist(5, 7, () => ['#EXT-X-KEY:METHOD=AES-128,URI="k"']),
    url,
    {
      id: 'recap-1',
      assetUri: 'https://lift.example/recap.m3u8',
      startMs: t0 + 14_000,
      durationMs: 120_000,
      resume: 'join',
      restrict: ['JUMP'],
    },
  )
  expect(text).toContain(
    `#EXT-X-DATERANGE:ID="recap-1",CLASS="com.apple.hls.interstitial",START-DATE="${iso(14)}",DURATION=120.000,CUE="PRE,ONCE",X-ASSET-URI="https://lift.example/recap.m3u8",X-RESUME-OFFSET=0,X-RESTRICT="JUMP"`,
  )
  expect(
    readMediaPlaylist(text, 'https://elsewhere.example/').segments.map(({ uri, key }) => [uri, key]),
  ).toEqual(
    [5, 6].map((n) => [
      `https://video.example/live/seg${n}.ts`,
      `METHOD=AES-128,URI="https://video.example/live/k",IV=0x${String(n).padStart(32, '0')}`,
    ]),
  )
})

test('every rendition of a multivariant playlist is led to its own recap [LIVE-RECAP-08]', () => {
  const master = [
    '#EXTM3U',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",URI="audio.m3u8"',
    '#EXT-X-STREAM-INF:BANDWIDTH=1000,CODECS="avc1.64001f,mp4a.40.2",AUDIO="a"',
    'low.m3u8',
    '#EXT-X-STREAM-INF:BANDWIDTH=2000,AUDIO="a"',
    'high.m3u8',
    '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=100,URI="keys.m3u8"',
  ].join('\n')
  expect(renditionsOf(master, url)).toEqual(
    ['audio', 'low', 'high'].map((name) => ({
      uri: `https://video.example/live/${name}.m3u8`,
      isVariant: name !== 'audio',
    })),
  )
  expect(mapRenditions(master, url, (_, rendition) => `recap.m3u8?rendition=${rendition}`)).toBe(
    [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",URI="recap.m3u8?rendition=0"',
      '#EXT-X-STREAM-INF:BANDWIDTH=1000,CODECS="avc1.64001f,mp4a.40.2",AUDIO="a"',
      'recap.m3u8?rendition=1',
      '#EXT-X-STREAM-INF:BANDWIDTH=2000,AUDIO="a"',
      'recap.m3u8?rendition=2',
      '',
    ].join('\n'),
  )
})

test('a plan comes back from its address as it was, and no other text is taken', () => {
  const cuts = [cutOf(1.5, 7), cutOf(30, 31.25)]
  const plan = { cuts, segments: 12, breaks: 1, sequence: 40_000, discontinuity: 0 }
  expect(readHandOver(writeCuts(cuts), writeHandOver(plan))).toEqual(plan)
  expect(() => readCuts('no plan')).toThrow(/does not come from this recap/)
  expect(() => readHandOver(writeCuts(cuts), '1.2')).toThrow(/does not come from this recap/)
})

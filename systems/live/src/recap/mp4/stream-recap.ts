import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { readAttributes, unquoted } from '../hls/attributes.ts'
import type { HlsSegment } from '../hls/media-playlist.ts'
import { markCuts } from '../hls/recap-playlist.ts'
import type { VideoOrigin } from '../hls/video-origin.ts'
import { decryptSegment } from './decrypt-segment.ts'
import { joinCuts } from './join-cuts.ts'
import type { CutFile } from './join-cuts.ts'
import { checkSegment } from './segment-format.ts'

/** Of all segments together: ten minutes at 25 Mbit/s. */
const mostRecapBytes = 2 * 1024 ** 3

/**
 * Writes the recap of a stream as MP4: fetches its segments, each cut into one file, and joins these. `dir` is an empty
 * folder for what is fetched, at most `mostBytes`; the caller deletes it. No segment is held in memory. Throws what fetching and
 * ffmpeg throw, `segment-format` on what is no video, `recap-too-large`, and the signal's reason.
 */
export async function writeStreamRecap(
  segments: readonly HlsSegment[],
  origin: Pick<VideoOrigin, 'bytes' | 'read'>,
  options: {
    dir: string
    out: string
    /** WebVTT on the time of the recap, for a track of it. */
    captions?: string
    signal: AbortSignal
    report: ReportProgress
    mostBytes?: number
  },
): Promise<void> {
  const { dir, out, signal, report, mostBytes = mostRecapBytes } = options
  if (segments.length === 0)
    throw new InvalidInputError({ code: 'recap-empty', message: 'The stream has no segment to show yet.' })
  const once = new Map<string, Promise<Uint8Array>>()
  const small = (uri: string, byterange: string | null): Promise<Uint8Array> => {
    const name = `${uri} ${byterange}`
    const bytes = once.get(name) ?? origin.bytes(uri, byterange, signal)
    once.set(name, bytes)
    return bytes
  }
  const cuts: CutFile[] = []
  let written = 0
  for (const [done, { segment, isCut }] of markCuts(segments).entries()) {
    report({ stage: 'fetching', done, total: segments.length, unit: 'segments' })
    if (isCut) {
      // The name tells the format, which ffmpeg would else guess.
      const path = join(dir, `cut-${cuts.length}.${segment.map === null ? 'ts' : 'mp4'}`)
      cuts.push({ path, durationMs: 0, within: null })
    }
    const cut = cuts.at(-1)!
    const format = segment.map === null ? 'mpegts' : 'mp4'
    const file = await open(cut.path, 'a')
    const append = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
      for await (const chunk of checkSegment(chunks, format)) {
        written += chunk.byteLength
        if (written > mostBytes) throw tooLarge(mostBytes)
        await file.appendFile(chunk)
      }
    }
    try {
      if (isCut && segment.map !== null) {
        const map = readAttributes(segment.map)
        const range = map.get('BYTERANGE')
        const bytes = await small(
          unquoted(map.get('URI') ?? ''),
          range === undefined ? null : unquoted(range),
        )
        await append(only(bytes))
      }
      await origin.read(segment.uri, segment.byterange, signal, (chunks) =>
        append(decryptSegment(chunks, segment.key, (uri) => small(uri, null))),
      )
    } finally {
      await file.close()
    }
    cut.durationMs += segment.durationMs
  }
  const total = cuts.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000
  await joinCuts(cuts, {
    dir,
    out,
    ...(options.captions === undefined ? {} : { captions: options.captions }),
    signal,
    onSeconds: (done) => report({ stage: 'joining', done, total, unit: 'seconds' }),
  })
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const tooLarge = (mostBytes: number): HeavyliftError =>
  new HeavyliftError({
    code: 'recap-too-large',
    message: `The segments of this recap have more than ${Math.floor(mostBytes / 1e6)} MB. Ask for fewer seconds.`,
    status: 422,
  })

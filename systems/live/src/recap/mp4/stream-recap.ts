import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { readAttributes, unquoted } from '../hls/attributes.ts'
import type { HlsSegment } from '../hls/media-playlist.ts'
import { markCuts } from '../hls/recap-playlist.ts'
import type { VideoOrigin } from '../hls/video-origin.ts'
import { decryptSegment } from './decrypt-segment.ts'
import { joinCuts } from './join-cuts.ts'
import type { CutFile } from './join-cuts.ts'

/**
 * Writes the recap of a stream as MP4: fetches its segments, each cut into one file, and joins these. `dir` is an empty
 * folder for what is fetched; the caller deletes it. Throws what fetching and ffmpeg throw, and the signal's reason.
 */
export async function writeStreamRecap(
  segments: readonly HlsSegment[],
  origin: Pick<VideoOrigin, 'bytes'>,
  options: { dir: string; out: string; signal: AbortSignal; report: ReportProgress },
): Promise<void> {
  const { dir, out, signal, report } = options
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
  for (const [done, { segment, isCut }] of markCuts(segments).entries()) {
    report({ stage: 'fetching', done, total: segments.length, unit: 'segments' })
    if (isCut) {
      // The name tells the format, which ffmpeg would else guess.
      const path = join(dir, `cut-${cuts.length}.${segment.map === null ? 'ts' : 'mp4'}`)
      cuts.push({ path, durationMs: 0, within: null })
    }
    const cut = cuts.at(-1)!
    const bytes = await origin.bytes(segment.uri, segment.byterange, signal)
    const file = await open(cut.path, 'a')
    try {
      if (isCut && segment.map !== null) {
        const map = readAttributes(segment.map)
        const range = map.get('BYTERANGE')
        await file.appendFile(
          await small(unquoted(map.get('URI') ?? ''), range === undefined ? null : unquoted(range)),
        )
      }
      await file.appendFile(await decryptSegment(bytes, segment.key, (uri) => small(uri, null)))
    } finally {
      await file.close()
    }
    cut.durationMs += segment.durationMs
  }
  const total = cuts.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000
  await joinCuts(cuts, {
    dir,
    out,
    signal,
    onSeconds: (done) => report({ stage: 'joining', done, total, unit: 'seconds' }),
  })
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { confined, runFfmpeg, selfContained } from './run-ffmpeg.ts'

/** A stretch of a file, or all of it. */
export interface CutFile {
  path: string
  durationMs: number
  /** Seconds on the file's own clock, both at key frames; null for all of the file. */
  within: { fromSeconds: number; toSeconds: number } | null
}

const quoted = (path: string): string => `'${path.replaceAll("'", String.raw`'\''`)}'`

/**
 * Joins cuts into one MP4 without encoding. `dir` is for its own files and is there. `captions` is WebVTT on the time of the result; it becomes a track that
 * players can show (3GPP timed text). Throws what `runFfmpeg` throws.
 */
export async function joinCuts(
  cuts: readonly CutFile[],
  options: {
    dir: string
    out: string
    captions?: string
    signal: AbortSignal
    onSeconds?: (seconds: number) => void
  },
): Promise<void> {
  const { dir, out, captions, signal, onSeconds } = options
  const list = join(dir, 'cuts.txt')
  const lines = cuts.flatMap(({ path, durationMs, within }) => [
    `file ${quoted(path)}`,
    ...(within === null
      ? [`duration ${(durationMs / 1000).toFixed(6)}`]
      : [`inpoint ${within.fromSeconds.toFixed(6)}`, `outpoint ${within.toSeconds.toFixed(6)}`]),
  ])
  await writeFile(list, ['ffconcat version 1.0', ...lines, ''].join('\n'))
  // The list is ours; the files that it names are opened under the same confinement.
  const input = [...confined(`concat,${selfContained}`), '-f', 'concat', '-safe', '0', '-i', list]
  const texts: string[] = []
  const track: string[] = []
  if (captions !== undefined && captions.includes('-->')) {
    const file = join(dir, 'captions.vtt')
    await writeFile(file, captions)
    texts.push(...confined('webvtt'), '-f', 'webvtt', '-i', file)
    track.push('-map', '1:s', '-c:s', 'mov_text', '-metadata:s:s:0', 'language=eng')
  }
  const output = [
    '-map',
    '0:v?',
    '-map',
    '0:a?',
    '-c',
    'copy',
    ...track,
    '-movflags',
    '+faststart',
    '-f',
    'mp4',
    out,
  ]
  await runFfmpeg([...input, ...texts, ...output], { signal, ...(onSeconds ? { onSeconds } : {}) })
}

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { Piece } from '../piece.ts'
import { confined, selfContained } from './run-ffmpeg.ts'

const run = promisify(execFile)
/** Of an ffprobe answer: a day of key frames twice a second has less. */
const mostBytes = 64 * 1024 * 1024

/** A recording as pieces from one key frame to the next. */
export interface Recording {
  pieces: Piece[]
  /** Wall time of the file's own time 0, milliseconds since the epoch. */
  zeroMs: number
}

/**
 * Reads where a recording can be cut. `startMs` is the wall time of its first picture. Throws an `InvalidInputError`
 * (`recording-unreadable`) or a `HeavyliftError` (`ffprobe-missing`).
 */
export async function readRecording(path: string, startMs: number, signal: AbortSignal): Promise<Recording> {
  const shown = ['-show_entries', 'packet=pts_time,duration_time,flags', '-of', 'json=c=1']
  let text: string
  try {
    const quiet = ['-v', 'error', '-select_streams', 'v:0']
    const args = [...quiet, ...shown, ...confined(selfContained), `file:${path}`]
    text = (await run('ffprobe', args, { maxBuffer: mostBytes, signal })).stdout
  } catch (error) {
    signal.throwIfAborted()
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (isMissing)
      throw new HeavyliftError({
        code: 'ffprobe-missing',
        message: 'ffprobe is not installed here (Debian: apt install ffmpeg).',
        cause: error,
      })
    throw unreadable(path, (error as { stderr?: string }).stderr ?? String(error), error)
  }
  const { packets = [] } = JSON.parse(text) as {
    packets?: { pts_time?: string; duration_time?: string; flags: string }[]
  }
  const timed = packets.flatMap(({ pts_time: at, duration_time: lasts, flags }) =>
    at === undefined
      ? []
      : [{ seconds: Number(at), lasts: Number(lasts ?? 0), isKey: flags.startsWith('K') }],
  )
  const first = timed[0]
  if (first === undefined) throw unreadable(path, 'it has no pictures.')
  const firstSeconds = timed.reduce((least, { seconds }) => Math.min(least, seconds), first.seconds)
  const endSeconds = timed.reduce((most, { seconds, lasts }) => Math.max(most, seconds + lasts), 0)
  const keys = timed.filter(({ isKey }) => isKey).map(({ seconds }) => seconds)
  const zeroMs = startMs - firstSeconds * 1_000
  const pieces = keys.map((seconds, at) => ({
    startMs: zeroMs + seconds * 1_000,
    durationMs: ((keys[at + 1] ?? endSeconds) - seconds) * 1_000,
    isBreak: false,
  }))
  return { pieces, zeroMs }
}

const unreadable = (path: string, why: string, cause?: unknown): InvalidInputError =>
  new InvalidInputError({
    code: 'recording-unreadable',
    message: `The recording ${path} cannot be read: ${why.trim()}`,
    cause,
  })

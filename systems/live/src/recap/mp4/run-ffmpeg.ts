import { spawn } from 'node:child_process'
import { HeavyliftError } from '@heavylift/core'

/** Characters of what ffmpeg said last that an error tells. */
const tailLength = 2_000

/** Formats of videos that hold all that they show; none of them can name another file. */
export const selfContained = 'mpegts,mov,mp4,matroska'

/** Options before an input that is not our own: files only, and of these formats only, also where one leads to the next. */
export const confined = (formats: string): string[] => [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  formats,
]

/**
 * Runs ffmpeg to its end; an abort ends it and rejects with the signal's reason. `onSeconds` gets the time of the output
 * that is written. Throws a `HeavyliftError` (`ffmpeg-missing`, `ffmpeg-failed` with the end of what ffmpeg said).
 */
export async function runFfmpeg(
  args: readonly string[],
  { signal, onSeconds }: { signal: AbortSignal; onSeconds?: (seconds: number) => void },
): Promise<void> {
  signal.throwIfAborted()
  const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', '-y', '-progress', 'pipe:1', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-tailLength)))
  child.stdout.on('data', (chunk: Buffer) => {
    const micros = [...chunk.toString().matchAll(/^out_time_us=(\d+)/gm)].at(-1)?.[1]
    if (micros !== undefined) onSeconds?.(Number(micros) / 1e6)
  })
  const ended = Promise.withResolvers<number | null>()
  child.once('error', ended.reject)
  child.once('close', ended.resolve)
  try {
    const code = await ended.promise
    if (code !== 0)
      throw new HeavyliftError({
        code: 'ffmpeg-failed',
        message: `ffmpeg ended with ${code}. It said last:\n${said.trim()}`,
      })
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new HeavyliftError({
      code: 'ffmpeg-missing',
      message: 'ffmpeg is not installed on this server, and an MP4 needs it (Debian: apt install ffmpeg).',
      status: 501,
      cause: error,
    })
  }
}

import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createRandom, InvalidInputError } from '@heavylift/core'
import { LiveFloor } from '../live/live-floor.ts'
import { makeWarehouse } from '../live/made-warehouse.ts'
import { FramePainter } from './paint-frame.ts'

export interface FilmOptions {
  rows: number
  columns: number
  robots: number
  steps: number
  framesAStep: number
  cellPx: number
  seed: string
}

/** What happens in the film, as shares of its steps. */
const [closes, opens, stops, goesOn] = [0.15, 0.45, 0.6, 0.8]
const framesASecond = 30

/** Frames of a floor on which an aisle is closed and opened again, and then everything stopped and released; told when each happens. */
export function* filmFrames(
  { rows, columns, robots, steps, framesAStep, cellPx, seed }: FilmOptions,
  tell: (step: number, what: string) => void,
): Generator<{ bytes: Uint8Array; width: number; height: number }> {
  const floor = new LiveFloor(makeWarehouse({ rows, columns, aisle: 2 }, createRandom(seed)), {
    robots,
    seed,
    units: 20 * robots,
  })
  const painter = new FramePainter(rows, columns, cellPx)
  const at = (share: number): number => Math.floor(share * steps)
  for (let step = 0; step < steps; step++) {
    if (step === at(closes)) {
      const middle = Math.floor(columns / 2)
      floor.zones.add({
        type: 'BLOCKED',
        top: 6,
        left: middle - 8,
        bottom: rows - 7,
        right: middle + 1,
        reason: 'film',
        since: step,
      })
      floor.zonesChanged()
      tell(step, 'an aisle is closed')
    }
    if (step === at(opens)) {
      for (const id of floor.zones.all.keys()) floor.zones.remove(id)
      floor.zonesChanged()
      tell(step, 'the aisle is open again')
    }
    if (step === at(stops)) tell(step, 'emergency stop')
    if (step === at(goesOn)) tell(step, 'released')
    floor.isStopped = step >= at(stops) && step < at(goesOn)
    const before = Int32Array.from(floor.states)
    const actions = floor.next()
    for (let frame = 0; frame < framesAStep; frame++)
      yield {
        bytes: painter.paint(floor, before, actions, frame / framesAStep),
        width: painter.width,
        height: painter.height,
      }
  }
}

/** Writes the film through ffmpeg, as webm or mp4 by the name of the file. @throws InvalidInputError (ffmpeg-missing, film-failed) */
export async function writeFilm(
  path: string,
  options: FilmOptions,
  {
    tell,
    report,
    signal,
  }: {
    tell: (step: number, what: string) => void
    report: (frames: number) => void
    signal: AbortSignal
  },
): Promise<{ frames: number; width: number; height: number }> {
  const codec = path.endsWith('.webm')
    ? ['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '36', '-deadline', 'realtime', '-cpu-used', '8']
    : ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '26', '-movflags', '+faststart']
  const painter = new FramePainter(options.rows, options.columns, options.cellPx)
  const { width, height } = painter
  const child = spawn(
    'ffmpeg',
    ['-y', '-loglevel', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`]
      .concat(['-r', String(framesASecond), '-i', '-'])
      .concat([...codec, '-pix_fmt', 'yuv420p', path]),
    { stdio: ['pipe', 'ignore', 'pipe'], signal },
  )
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-500)))
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (error) =>
      reject(
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? new InvalidInputError({
              code: 'ffmpeg-missing',
              message: 'There is no ffmpeg on this machine. Install it (Debian: apt-get install ffmpeg).',
            })
          : error,
      ),
    )
    child.on('close', (code) => resolve(code ?? 1))
  })
  ended.catch(() => {})
  let frames = 0
  const bytesOfFrames = function* (): Generator<Uint8Array> {
    for (const { bytes } of filmFrames(options, tell)) {
      if (++frames % 30 === 0) report(frames)
      yield Uint8Array.from(bytes)
    }
  }
  // Where ffmpeg ends early, its own words say why, not the broken pipe.
  await pipeline(Readable.from(bytesOfFrames(), { objectMode: true, highWaterMark: 2 }), child.stdin).catch(
    () => {},
  )
  const code = await ended
  if (code !== 0)
    throw new InvalidInputError({
      code: 'film-failed',
      message: `ffmpeg wrote no film to ${path}: ${said.trim() || `it ended with ${code}`}.`,
    })
  return { frames, width, height }
}

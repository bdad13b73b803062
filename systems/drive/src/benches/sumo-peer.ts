import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RingFleet } from './ring-fleet.ts'

const run = promisify(execFile)
/** Rounds of its ring that a vehicle's route holds: more than it drives. */
const rounds = 20

/**
 * The same rings, vehicles, starts, step and car-following model in SUMO, on one thread, by its own count of updates per second of simulating (loading
 * is not in it). Null where SUMO is not installed.
 */
export async function sumoUpdatesPerSecond(
  fleet: RingFleet,
  stepS: number,
  steps: number,
  signal: AbortSignal,
): Promise<{ vehicleUpdatesPerSecond: number; vehicles: number } | null> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-sumo-'))
  try {
    const file = (name: string) => join(folder, name)
    await writeFile(file('n.nod.xml'), nodes(fleet))
    await writeFile(file('e.edg.xml'), edges(fleet))
    await writeFile(file('r.rou.xml'), routes(fleet))
    const options = { signal, maxBuffer: 1 << 24 }
    try {
      const parts = ['-n', file('n.nod.xml'), '-e', file('e.edg.xml'), '-o', file('net.net.xml')]
      await run('netconvert', [...parts, '--no-turnarounds', 'true'], options)
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
    const inputs = ['-n', file('net.net.xml'), '-r', file('r.rou.xml'), '--step-length', String(stepS)]
    const until = ['--end', String(steps * stepS), '--max-depart-delay', '1', '--time-to-teleport', '-1']
    const quiet = ['--no-step-log', 'true', '--no-warnings', 'true', '--duration-log.statistics', 'true']
    const { stdout } = await run('sumo', [...inputs, ...until, ...quiet, '--threads', '1'], options)
    const ups = /UPS: ([\d.]+)/.exec(stdout)?.[1]
    const running = /Running: (\d+)/.exec(stdout)?.[1]
    return { vehicleUpdatesPerSecond: Number(ups), vehicles: Number(running) }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Corners of a square for each ring: a road's length is what counts. */
function nodes({ rings, pieces, pieceM }: RingFleet): string {
  const lines: string[] = []
  for (let ring = 0; ring < rings; ring++)
    for (let piece = 0; piece < pieces; piece++) {
      const angle = (2 * Math.PI * piece) / pieces
      const x = ring * 2 * pieceM + pieceM * Math.SQRT1_2 * Math.cos(angle)
      const y = pieceM * Math.SQRT1_2 * Math.sin(angle)
      lines.push(`<node id="${ring * pieces + piece}" x="${x}" y="${y}" type="priority"/>`)
    }
  return `<nodes>${lines.join('\n')}</nodes>`
}

function edges({ rings, pieces, lanes, limitMps, pieceM }: RingFleet): string {
  const lines: string[] = []
  for (let ring = 0; ring < rings; ring++)
    for (let piece = 0; piece < pieces; piece++) {
      const from = ring * pieces + piece
      const to = ring * pieces + ((piece + 1) % pieces)
      lines.push(
        `<edge id="e${from}" from="${from}" to="${to}" numLanes="${lanes}" speed="${limitMps}" length="${pieceM}"/>`,
      )
    }
  return `<edges>${lines.join('\n')}</edges>`
}

function routes({ pieces, vehicles, starts }: RingFleet): string {
  const types = vehicles.map(
    (one, index) =>
      `<vType id="t${index}" carFollowModel="IDM" length="${one.lengthM}" minGap="${one.standstillM}" accel="${one.accelerationMps2}" decel="${one.brakingMps2}" tau="${one.timeGapS}" maxSpeed="${one.maxSpeedMps}" speedFactor="${one.speedFactor}" speedDev="0"/>`,
  )
  const cars = starts.map(({ piece, lane, s, mps }, index) => {
    const ring = Math.floor(piece / pieces) * pieces
    const way = Array.from({ length: pieces * rounds }, (_, i) => `e${ring + ((piece + i) % pieces)}`)
    return `<vehicle id="v${index}" type="t${index}" depart="0" departLane="${lane}" departPos="${s}" departSpeed="${mps}"><route edges="${way.join(' ')}"/></vehicle>`
  })
  return `<routes>${types.join('\n')}${cars.join('\n')}</routes>`
}

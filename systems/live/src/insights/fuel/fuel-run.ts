import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import type { RaceCarFacts } from '../../domain/match.ts'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { createIbtFormat } from '../../feeds/ibt/ibt-format.ts'
import { readIbtHeader } from '../../feeds/ibt/ibt-header.ts'
import { readIbtColumns } from '../../feeds/ibt/ibt-records.ts'
import { carFacts, readIbtSession } from '../../feeds/ibt/ibt-session.ts'
import { openFeedFile } from '../../feeds/open-feed-file.ts'

/** A run of one car with its fuel, as training and eval need it. One value a record. */
export interface FuelRun {
  /** Depends on the recording alone, not on its file's name. */
  id: string
  name: string
  /** What the file says of the car; null when it names none. */
  car: RaceCarFacts | null
  trackMetres: number | null
  /** The recording as the live pipeline reads it, gauge and all. */
  events: FeedEvent[]
  seconds: Float64Array
  rpmShare: Float64Array
  throttle: Float64Array
  fuelLitres: Float64Array
}

/** Longest step that counts; a longer one is a gap in the recording, and its fuel is not of one throttle. */
export const longestStepSeconds = 0.5

/** Reads an `.ibt` file. Null when it has no fuel, throttle or engine speed, or burns nothing. */
export async function readFuelRun(path: string): Promise<FuelRun | null> {
  const chunks: Uint8Array[] = []
  for await (const chunk of openFeedFile(path)) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const header = readIbtHeader(bytes)
  const session = readIbtSession(header.sessionYaml)
  const columns = readIbtColumns(bytes, header, ['SessionTime', 'RPM', 'Throttle', 'FuelLevel'])
  const [seconds, rpm, throttle, fuelLitres] = ['SessionTime', 'RPM', 'Throttle', 'FuelLevel'].map((name) =>
    columns.get(name),
  )
  if (!seconds || !rpm || !throttle || !fuelLitres || seconds.length < 60) return null
  const redline = session.redlineRpm ?? rpm.reduce((most, value) => Math.max(most, value), 1)
  const hash = createHash('sha256').update(`${header.startedAtSeconds}/${seconds[0]}/${header.sessionYaml}`)
  return {
    id: hash.digest('hex').slice(0, 16),
    name: basename(path),
    car: session.carPath === '' ? null : carFacts(session),
    trackMetres: session.trackLengthMetres,
    events: await eventsOf(bytes, basename(path)),
    seconds,
    rpmShare: rpm.map((value) => value / redline),
    throttle: throttle.map((value) => clamp(value, 0, 1)),
    fuelLitres,
  }
}

async function eventsOf(bytes: Uint8Array, name: string): Promise<FeedEvent[]> {
  const source = (async function* () {
    yield await Promise.resolve(bytes)
  })()
  const { signal } = new AbortController()
  const events: FeedEvent[] = []
  for await (const item of createIbtFormat().parse(source, { name, matchId: null, signal }))
    if ('event' in item) events.push(item.event)
  return events
}

/** Every run among files; other files are passed over. Throws `data-not-recognised` when there is none. */
export async function readFuelRuns(paths: readonly string[], signal: AbortSignal): Promise<FuelRun[]> {
  const runs: FuelRun[] = []
  for (const path of paths) {
    signal.throwIfAborted()
    if (!/\.ibt(\.gz)?$/i.test(path)) continue
    const run = await readFuelRun(path)
    if (run !== null) runs.push(run)
  }
  if (runs.length === 0)
    throw new InvalidInputError({
      code: 'data-not-recognised',
      message: `None of the ${paths.length} files is .ibt telemetry with fuel.`,
    })
  return runs.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** No engine burns faster, litres a second; what goes faster is the simulator putting the car back. */
const mostFlow = 0.3

/** Litres that an engine burnt between two records, and whether the tank was filled or reset within them. */
export function burntBetween(run: FuelRun, from: number, to: number): { litres: number; isFilled: boolean } {
  let litres = 0
  let isFilled = false
  for (let i = from + 1; i <= to; i++) {
    const step = run.fuelLitres[i - 1]! - run.fuelLitres[i]!
    const seconds = run.seconds[i]! - run.seconds[i - 1]!
    // A gauge flickers by its last digit; more is fuel that was put in.
    if (step < -0.001 || step > mostFlow * Math.max(seconds, 0.02)) isFilled = true
    else if (step > 0) litres += step
  }
  return { litres, isFilled }
}

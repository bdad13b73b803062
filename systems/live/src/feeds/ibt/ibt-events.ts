import { clamp } from '@heavylift/core/math'
import type { FeedEvent, RaceFlagState, RaceTelemetry } from '../../domain/feed-event.ts'
import type { Match } from '../../domain/match.ts'
import { channelReader } from './ibt-records.ts'
import type { ReadValue } from './ibt-records.ts'
import type { IbtHeader } from './ibt-header.ts'
import { carFacts } from './ibt-session.ts'
import type { IbtSession } from './ibt-session.ts'

/** Bits of the SDK's `SessionFlags`, the most telling first. */
const flagBits: readonly [number, RaceFlagState][] = [
  [0x0001, 'checkered'],
  [0x0010, 'red'],
  [0x0008 | 0x0100 | 0x4000 | 0x8000, 'caution'],
  [0x0002, 'white'],
  [0x0004, 'green'],
]

/** The flag of a `SessionFlags` value; `none` where no flag of the race is out. */
export function ibtFlag(bits: number): RaceFlagState {
  for (const [mask, flag] of flagBits) if ((bits & mask) !== 0) return flag
  return 'none'
}

export interface IbtEventOptions {
  /** Telemetry events a second; more than the file has gives all that it has. */
  rateHz: number
  /** Whether `fuelLitres` is filled from the car's own gauge. False for what has to estimate fuel without it. */
  withFuel: boolean
}

/** Why a record cannot become an event. */
export class BadRecord extends Error {}

/** Turns records of one file into events. */
export interface IbtEvents {
  match: FeedEvent
  /** Events of a record whose bytes start at `at`; none where the rate skips it. Throws `BadRecord`. */
  of(view: DataView, at: number, record: number): FeedEvent[]
  end(): FeedEvent
}

/** When the line was crossed between two records, seconds: by how far before and after it they are, or at the later one. */
function crossedAt(before: number, fractionBefore: number, after: number, fractionAfter: number): number {
  const [short, past] = [1 - fractionBefore, Math.max(0, fractionAfter)]
  const isNear = short >= 0 && short < 0.1 && past < 0.1 && short + past > 0
  return isNear ? before + ((after - before) * short) / (short + past) : after
}

const noValue: ReadValue = () => Number.NaN

export function createIbtEvents(
  header: IbtHeader,
  session: IbtSession,
  matchId: string,
  options: IbtEventOptions,
): IbtEvents {
  const reader = (name: string): ReadValue => {
    const channel = header.channels.get(name)
    return channel === undefined ? noValue : channelReader(channel)
  }
  const time = reader('SessionTime')
  const lap = reader('Lap')
  const lapFraction = reader('LapDistPct')
  const speed = reader('Speed')
  const throttle = reader('Throttle')
  const brake = reader('Brake')
  const rpm = reader('RPM')
  const gear = reader('Gear')
  const fuel = reader('FuelLevel')
  const pitRoad = reader('OnPitRoad')
  const flags = reader('SessionFlags')
  const carId = session.carNumber
  const gapSeconds = 1 / options.rateHz
  let first = Number.NaN
  let due = Number.NaN
  let previous = Number.NaN
  let previousLap = Number.NaN
  let previousFraction = Number.NaN
  /** When the lap that is being driven began; NaN where its start was not seen. */
  let lapStart = Number.NaN
  let last: RaceTelemetry['sessionSeconds'] = 0

  const clocksAt = (seconds: number) => ({
    eventTimeMs: Math.round(
      header.startedAtSeconds * 1000 + (Number.isNaN(first) ? 0 : seconds - first) * 1000,
    ),
    eventTimeFrom: 'session' as const,
    game: null,
    smpte: null,
  })
  const orNull = (value: number) => (Number.isFinite(value) ? value : null)
  const within = (value: number, low: number, high: number) =>
    Number.isFinite(value) ? clamp(value, low, high) : null

  const match: Match = {
    id: matchId,
    sport: 'race',
    title: `${session.trackName}: ${session.carName}`,
    home: null,
    away: null,
    homeSpread: null,
    race: {
      totalLaps: null,
      trackLengthMetres: session.trackLengthMetres,
      trackName: session.trackName,
      tankLitres: session.tankLitres,
      cars: [carFacts(session)],
    },
  }
  return {
    match: { kind: 'match', match, matchId, clocks: clocksAt(0), sourceRef: 'header' },
    of(view, at, record) {
      const seconds = time(view, at)
      if (!Number.isFinite(seconds)) throw new BadRecord('SessionTime is not a number.')
      if (seconds <= previous) throw new BadRecord(`SessionTime ${seconds} does not come after ${previous}.`)
      const speedMps = speed(view, at)
      if (!Number.isFinite(speedMps)) throw new BadRecord('Speed is not a number.')
      const before = previous
      previous = seconds
      last = seconds
      if (Number.isNaN(first)) {
        first = seconds
        due = seconds
      }
      const events: FeedEvent[] = []
      const sourceRef = `record ${record}`
      const lapNow = orNull(lap(view, at)) ?? 0
      const fractionNow = lapFraction(view, at)
      if (lapNow === previousLap + 1) {
        // The simulator's own time of a lap comes a second or two after the line; until then it is of the lap before.
        const crossing = crossedAt(before, previousFraction, seconds, fractionNow)
        if (previousLap > 0)
          events.push({
            kind: 'race-lap',
            carId,
            lap: previousLap,
            lapSeconds: orNull(Math.round(1000 * (crossing - lapStart)) / 1000),
            position: null,
            matchId,
            clocks: clocksAt(seconds),
            sourceRef,
          })
        lapStart = crossing
      } else if (lapNow !== previousLap) lapStart = Number.NaN
      previousLap = lapNow
      previousFraction = fractionNow
      // A hair early is on time: the session clock is a sum of sixtieths.
      if (seconds < due - 1e-6) return events
      due = Math.max(due + gapSeconds, seconds - gapSeconds)
      events.push({
        kind: 'race-telemetry',
        carId,
        sessionSeconds: seconds,
        lap: lapNow,
        lapFraction: within(fractionNow, 0, 1) ?? 0,
        speedMps: Math.max(0, speedMps),
        throttle: within(throttle(view, at), 0, 1),
        brake: within(brake(view, at), 0, 1),
        rpm: within(rpm(view, at), 0, 30_000),
        gear: orNull(gear(view, at)),
        fuelLitres: options.withFuel ? orNull(fuel(view, at)) : null,
        onPitRoad: pitRoad(view, at) === 1,
        flag: ibtFlag(orNull(flags(view, at)) ?? 0),
        matchId,
        clocks: clocksAt(seconds),
        sourceRef,
      })
      return events
    },
    end: () => ({
      kind: 'match-end',
      homeScore: null,
      awayScore: null,
      // One car's own recording: nobody knows who won, and a lone test drive has no winner.
      order: null,
      matchId,
      clocks: clocksAt(last),
      sourceRef: 'end of file',
    }),
  }
}

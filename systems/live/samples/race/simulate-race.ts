import type { FeedEvent } from '../../src/domain/feed-event.ts'
import type { SimulatedFeed } from '../simulated-feed.ts'
import { createRaceFeed } from './race-feed.ts'
import { defaultRace } from './race-options.ts'
import type { RaceOptions } from './race-options.ts'
import { RaceWorld, stepSeconds } from './race-world.ts'
import { trackShapes } from './track-shape.ts'
import type { TrackShape } from './track-shape.ts'

/** What no feed tells. */
export interface CarTruth {
  carId: string
  /** Of the last event read. */
  atMs: number
  fuelLitres: number
  /** Since the green flag. */
  usedLitres: number
  hasRunDry: boolean
}

export interface RaceTruth {
  track: TrackShape
  /** The truth of every car as of the last event that was read. */
  cars(): CarTruth[]
}

/**
 * A race made up step by step as it is read: match, flags, telemetry, laps, pit stops, notes and snapshots in event-time
 * order, then the end. The same options give the same events. Far faster than real time; whoever shows it paces it.
 */
export function simulateRace(
  chosen: Pick<RaceOptions, 'seed' | 'startMs'> & Partial<RaceOptions>,
): SimulatedFeed<RaceTruth> {
  const options: RaceOptions = { ...defaultRace, ...chosen }
  const track = trackShapes[options.track]
  const feed = createRaceFeed(options, track)
  const world = new RaceWorld(options, track, feed)
  const telemetrySteps =
    options.telemetryHz > 0 ? Math.max(1, Math.round(1 / (stepSeconds * options.telemetryHz))) : 0
  const stateSteps = Math.max(1, Math.round(options.stateSeconds / stepSeconds))

  function* events(): Generator<FeedEvent> {
    yield feed.matchEvent()
    yield feed.flag(0, 'green', 0, null)
    yield feed.state(0, world.order, world.flag)
    for (let step = 1; !world.isOver; step++) {
      yield* world.step()
      if (telemetrySteps > 0 && step % telemetrySteps === 0)
        for (const car of world.cars)
          if (car.phase !== 'out') yield feed.telemetry(world.seconds, car, world.flag)
      if (step % stateSteps === 0 || world.isOver) yield feed.state(world.seconds, world.order, world.flag)
    }
    yield feed.end(world.seconds, world.order)
  }

  return {
    match: feed.match,
    truth: {
      track,
      cars: () =>
        world.cars.map((car) => ({
          carId: car.carId,
          atMs: options.startMs + Math.round(world.seconds * 1000),
          fuelLitres: car.fuelLitres,
          usedLitres: car.usedLitres,
          hasRunDry: car.fuelLitres <= 0,
        })),
    },
    [Symbol.iterator]: events,
  }
}

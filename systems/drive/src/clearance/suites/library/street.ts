import type { Random } from '@heavylift/core/math'
import { actorOf } from '../../../world/actors/actor.ts'
import type { Actor } from '../../../world/actors/actor.ts'
import { PolylineTrack } from '../../../world/actors/track.ts'
import { parkingWidthM } from '../../../world/town/cross-section.ts'
import { kerbY, laneY, straightRoad } from './straight-road.ts'

/** A town street: one lane each way, parked cars on both sides, pavements. */
export function street() {
  return straightRoad({ lengthM: 500, lanesAlong: 1, lanesAgainst: 1, hasParking: true })
}

/** y of the kerb, of the edge of the pavement, and of the middle of the parking lane, on the side of the vehicle under test. */
export const streetKerbY = kerbY(1)
export const pavementY = streetKerbY - parkingWidthM
export const parkedY = streetKerbY - parkingWidthM / 2

/** Parked cars along x from `fromM` to `toM` without touching `free`, on the right (−1) or left (1) side. */
export function parkedCars(
  random: Random,
  side: 1 | -1,
  fromM: number,
  toM: number,
  free: readonly [fromM: number, toM: number] | null,
): Actor[] {
  const cars: Actor[] = []
  let at = fromM
  while (at < toM) {
    const lengthM = 4 + random.next()
    if (free && at < free[1] && at + lengthM > free[0]) {
      at = free[1]
      continue
    }
    cars.push(
      parkedCar(`parked-${side > 0 ? 'left' : 'right'}-${cars.length + 1}`, side, at, lengthM, random),
    )
    at += lengthM + 0.8 + 1.2 * random.next() + (random.chance(0.15) ? 5 : 0)
  }
  return cars
}

/** One car in the parking lane, its rear at `rearM`. */
export function parkedCar(name: string, side: 1 | -1, rearM: number, lengthM: number, random: Random): Actor {
  const y = side * (-parkedY + 0.2 * (random.next() - 0.5))
  const middleM = rearM + lengthM / 2
  return actorOf({
    name,
    kind: 'car',
    lengthM,
    heightM: 1.45 + 0.5 * random.next(),
    track: new PolylineTrack(side < 0 ? [middleM, y, middleM + 1, y] : [middleM, y, middleM - 1, y]),
    s: 0,
  })
}

/** Cars that come the other way, the first at `firstX`, each so many seconds behind the one before. */
export function oncomingCars(n: number, firstX: number, gapS: number, speedMps: number): Actor[] {
  return Array.from({ length: n }, (_, index) =>
    actorOf({
      name: `oncoming-${index + 1}`,
      kind: 'car',
      track: new PolylineTrack([firstX + index * gapS * speedMps, laneY(1), -1000, laneY(1)]),
      s: 0,
      speedMps,
      heed: 'follows',
    }),
  )
}

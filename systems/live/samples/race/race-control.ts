import type { SimulatedCar } from './race-car.ts'
import type { TrackShape } from './track-shape.ts'

const queueGapMetres = 14

/** The car behind the pace car: first in the line among those that are not on pit road. */
export function frontOfLine(cars: readonly SimulatedCar[]): SimulatedCar | null {
  let front: SimulatedCar | null = null
  for (const car of cars)
    if ((car.phase === 'racing' || car.phase === 'to-pit') && (front === null || car.queue < front.queue))
      front = car
  return front
}

export function onTrack(car: SimulatedCar): boolean {
  return car.phase !== 'out' && car.phase !== 'finished'
}

/** Race distance decides; the finished are placed by when they finished. */
export function rankField(order: SimulatedCar[]): void {
  order.sort((a, b) => {
    if (a.finishedAt !== null && b.finishedAt !== null)
      return b.lapsCompleted - a.lapsCompleted || a.finishedAt - b.finishedAt
    return (
      b.lapsCompleted - a.lapsCompleted ||
      Number(b.finishedAt !== null) - Number(a.finishedAt !== null) ||
      b.metres - a.metres
    )
  })
  for (const [i, car] of order.entries()) car.position = i + 1
}

/** Lines the field up behind the leader as it runs round the track; who is laps down stays so. */
export function lineUp(order: readonly SimulatedCar[], track: TrackShape): void {
  const leader = order.find(onTrack)
  if (leader === undefined) return
  const behind = (car: SimulatedCar) =>
    (((leader.metres - car.metres) % track.lengthMetres) + track.lengthMetres) % track.lengthMetres
  const running = order.filter(onTrack).sort((a, b) => behind(a) - behind(b))
  for (const [i, car] of running.entries()) {
    car.queue = i
    car.queueLapsDown = Math.round((leader.metres - behind(car) - car.metres) / track.lengthMetres)
  }
}

/** A car that leaves pit road under caution goes to the end of the line, on the lap that it is on. */
export function joinQueue(car: SimulatedCar, order: readonly SimulatedCar[], track: TrackShape): void {
  let last = -1
  for (const other of order) {
    if (other === car) continue
    if (other.queue > car.queue) other.queue--
    if (other.phase === 'racing' || other.phase === 'to-pit') last = Math.max(last, other.queue)
  }
  car.queue = last + 1
  for (const other of order) if (other !== car && other.queue >= car.queue) other.queue++
  const front = frontOfLine(order)
  if (front === null || front === car) return
  const place = front.metres - queueGapMetres * (car.queue - front.queue)
  const lapsBehind = Math.round((place - car.metres) / track.lengthMetres - 0.5)
  car.queueLapsDown = Math.max(0, front.queueLapsDown + lapsBehind)
}

/** Sends cars that are laps down and stayed out round to the end of the line: they get a lap back. */
export function waveAround(order: readonly SimulatedCar[], track: TrackShape): string[] {
  const waved: string[] = []
  for (const car of order) {
    if (car.queueLapsDown < 1 || car.phase !== 'racing') continue
    const lapsDown = car.queueLapsDown - 1
    joinQueue(car, order, track)
    car.queueLapsDown = lapsDown
    waved.push(car.carId)
  }
  return waved
}

/** Speed under caution: the front car's is the pace car's, others close up to their place in the line. */
export function cautionSpeed(
  car: SimulatedCar,
  front: SimulatedCar,
  track: TrackShape,
  raceSpeed: number,
): number {
  const pace = track.kind === 'oval' ? 36 : 26
  if (car === front) return Math.min(raceSpeed, pace)
  const lapsDown = car.queueLapsDown - front.queueLapsDown
  const place = front.metres - lapsDown * track.lengthMetres - queueGapMetres * (car.queue - front.queue)
  return Math.min(0.8 * raceSpeed, Math.max(0.4 * pace, pace + 0.06 * (place - car.metres)))
}

import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'
import type { FeedEvent, RaceFlagState } from '../../src/domain/feed-event.ts'
import { driveCar, fullAcceleration } from './drive-car.ts'
import { planStop, wantsToPit } from './pit-strategy.ts'
import { inventField } from './race-car.ts'
import type { SimulatedCar } from './race-car.ts'
import {
  cautionSpeed,
  frontOfLine,
  joinQueue,
  lineUp,
  onTrack,
  rankField,
  waveAround,
} from './race-control.ts'
import { lapFraction } from './race-feed.ts'
import type { RaceFeed } from './race-feed.ts'
import type { RaceOptions } from './race-options.ts'
import { gripOf, profileAt, speedProfile } from './speed-profile.ts'
import type { TrackShape } from './track-shape.ts'

/** Seconds of a step. */
export const stepSeconds = 0.1

const pitLimitMps = 22
/** Slower than this under its own power is standing. */
const standingMps = 0.3

/** The race itself: moves the field on step by step and tells what happened in each. */
export class RaceWorld {
  readonly cars: readonly SimulatedCar[]
  /** The same cars, leader first. */
  readonly order: SimulatedCar[]
  flag: RaceFlagState = 'green'
  seconds = 0
  isOver = false
  readonly #options: RaceOptions
  readonly #track: TrackShape
  readonly #feed: RaceFeed
  readonly #random: Random
  readonly #profile: Float64Array
  readonly #lapSeconds: number
  /** Cars in order along the lap, for the tow. */
  readonly #alongLap: SimulatedCar[]
  #events: FeedEvent[] = []
  #greenAtLap = 0
  #hasWaved = false
  #checkeredAt = Infinity

  constructor(options: RaceOptions, track: TrackShape, feed: RaceFeed) {
    this.#options = options
    this.#track = track
    this.#feed = feed
    this.#random = createRandom(`race/${options.seed}`)
    this.cars = inventField(createRandom(`field/${options.seed}`), options, track)
    this.order = [...this.cars]
    this.#alongLap = [...this.cars]
    const [fastest] = this.cars
    this.#profile = speedProfile(track, (v) =>
      fastest === undefined ? 5 : 0.97 * fullAcceleration(fastest, v),
    )
    this.#lapSeconds = this.#profile.reduce((sum, speed) => sum + track.spacingMetres / speed, 0)
  }

  /** One step of a tenth of a second. Events are those within it, in order of time. */
  step(): FeedEvent[] {
    this.#events = []
    const from = this.seconds
    this.seconds = Math.round((from + stepSeconds) * 10) / 10
    const front = this.flag === 'caution' ? frontOfLine(this.cars) : null
    this.#sortAlongLap()
    for (const [i, car] of this.#alongLap.entries()) this.#move(car, this.#alongLap.at(i - 1), front)
    for (const car of this.cars) this.#crossLine(car, from)
    rankField(this.order)
    this.#control()
    return this.#events.sort((a, b) => a.clocks.eventTimeMs - b.clocks.eventTimeMs)
  }

  #sortAlongLap(): void {
    const cars = this.#alongLap
    const at = (car: SimulatedCar) => lapFraction(car, this.#track)
    // Nearly sorted from the step before: insertion is linear.
    for (let i = 1; i < cars.length; i++) {
      const car = cars[i]
      if (car === undefined) continue
      const place = at(car)
      let j = i - 1
      for (let other = cars[j]; j >= 0 && other !== undefined && at(other) < place; other = cars[j]) {
        cars[j + 1] = other
        j--
      }
      cars[j + 1] = car
    }
  }

  #move(car: SimulatedCar, ahead: SimulatedCar | undefined, front: SimulatedCar | null): void {
    if (car.phase === 'out') {
      car.throttle = 0
      return
    }
    const before = lapFraction(car, this.#track)
    const target = this.#target(car, before, ahead, front)
    driveCar(car, this.#track, target, stepSeconds)
    if (car.fuelLitres <= 0 && car.phase !== 'coasting' && car.phase !== 'finished')
      this.#stopRacing(car, `#${car.carId} is out of fuel`)
    if (car.phase === 'coasting' && car.speedMps < standingMps) this.#park(car)
    const after = lapFraction(car, this.#track)
    this.#pitRoad(car, before, after)
    if (car.phase === 'racing' && this.flag !== 'checkered') {
      if (car.lapsCompleted + after >= car.breaksAtLap)
        this.#stopRacing(car, `#${car.carId} slows with a mechanical failure`)
      // Decided once, well before the entry.
      const decideAt = this.#track.pitEntry - 0.2
      if (
        before < decideAt &&
        after >= decideAt &&
        wantsToPit(car, this.#options, this.flag === 'caution', this.#random)
      )
        car.phase = 'to-pit'
    }
  }

  #target(
    car: SimulatedCar,
    fraction: number,
    ahead: SimulatedCar | undefined,
    front: SimulatedCar | null,
  ): number {
    const track = this.#track
    const metres = fraction * track.lengthMetres
    if (car.phase === 'finished') return Math.min(35, profileAt(this.#profile, track, metres))
    if (car.phase === 'stopped' || car.phase === 'coasting') return 0
    if (car.phase === 'pit-lane') {
      if (car.hasStopped) return pitLimitMps
      const left = car.stallFraction * track.lengthMetres - metres
      return Math.min(pitLimitMps, Math.sqrt(8 * Math.max(0.05, left)))
    }
    if (this.seconds < car.spinUntil) return 6
    car.wander = 0.995 * car.wander + 0.0003 * this.#random.normal()
    const stint = car.burnPerLap > 0 ? this.#options.tankLitres / car.burnPerLap : 30
    const tyres = 1 - this.#options.tyreLoss * Math.min(1.5, car.tyreLaps / stint)
    const lookAhead = (metres + car.speedMps * stepSeconds) % track.lengthMetres
    let speed = profileAt(this.#profile, track, lookAhead) * car.pace * tyres * (1 + car.wander)
    if (front !== null) speed = cautionSpeed(car, front, track, speed)
    else if (ahead !== undefined && ahead !== car && ahead.phase === 'racing') {
      const gap = (ahead.metres - car.metres) % track.lengthMetres
      const metresBehind = gap < 0 ? gap + track.lengthMetres : gap
      // The tow of the car in front; without the pace to pass, one stays behind it.
      if (metresBehind < 25) speed *= 1.006
      if (metresBehind < 7 && speed < ahead.speedMps * 1.008) speed = Math.min(speed, ahead.speedMps)
    }
    if (car.phase === 'to-pit' && fraction < track.pitEntry) {
      const left = (track.pitEntry - fraction) * track.lengthMetres
      speed = Math.min(
        speed,
        Math.sqrt(pitLimitMps ** 2 + gripOf[track.kind].brakingMps2 * Math.max(0, left - 5)),
      )
    }
    return speed
  }

  #pitRoad(car: SimulatedCar, before: number, after: number): void {
    const track = this.#track
    if (car.phase === 'to-pit' && after >= track.pitEntry) {
      car.phase = 'pit-lane'
      car.hasStopped = false
      car.pitInAt = this.seconds
      car.pitInLap = car.lapsCompleted + 1
      car.pitInFlag = this.flag === 'caution' ? 'caution' : 'green'
    }
    if (
      car.phase === 'pit-lane' &&
      !car.hasStopped &&
      after >= car.stallFraction - 0.5 / track.lengthMetres
    ) {
      car.phase = 'stopped'
      car.speedMps = 0
      planStop(car, this.#options, this.seconds, this.#random)
    }
    if (car.phase === 'stopped' && this.seconds >= car.stallUntil) {
      car.phase = 'pit-lane'
      car.hasStopped = true
      car.fuelLitres += car.addedLitres
      car.fuelAtLapStart += car.addedLitres
      if (car.tiresChanged > 0) car.tyreLaps = car.tiresChanged === 4 ? 0 : car.tyreLaps / 2
      car.pitStops++
    }
    if (car.phase === 'pit-lane' && car.hasStopped && before < track.pitExit && after >= track.pitExit) {
      car.phase = 'racing'
      if (this.flag === 'caution') joinQueue(car, this.order, track)
      this.#events.push(this.#feed.pit(this.seconds, car))
    }
  }

  #crossLine(car: SimulatedCar, from: number): void {
    const laps = Math.floor(car.metres / this.#track.lengthMetres)
    if (laps <= car.lapsCompleted || car.phase === 'finished' || car.phase === 'out') return
    const past = car.metres - laps * this.#track.lengthMetres
    const at = Math.max(from, this.seconds - past / Math.max(1, car.speedMps))
    const lapSeconds = Math.round((at - car.lapStartedAt) * 1000) / 1000
    car.lapsCompleted = laps
    car.lastLapSeconds = lapSeconds
    car.bestLapSeconds = Math.min(lapSeconds, car.bestLapSeconds ?? Infinity)
    car.lapStartedAt = at
    car.tyreLaps++
    const burnt = car.fuelAtLapStart - car.fuelLitres
    if (this.flag !== 'caution' && car.pitInLap !== laps)
      car.burnPerLap += (car.burnPerLap === 0 ? 1 : 0.3) * (burnt - car.burnPerLap)
    car.fuelAtLapStart = car.fuelLitres
    if (laps >= this.#options.laps) this.#checkeredAt = Math.min(at, this.#checkeredAt)
    if (laps >= this.#options.laps || this.#checkeredAt <= at) {
      car.finishedAt = at
      car.phase = 'finished'
    }
    rankField(this.order)
    this.#events.push(this.#feed.lap(at, car))
  }

  /** Flags: one reason a step, the end of the race before all. */
  #control(): void {
    const [leader] = this.order
    if (leader === undefined) return
    if (this.#checkeredAt < Infinity && this.flag !== 'checkered')
      this.#show('checkered', leader.lapsCompleted, null)
    if (this.flag === 'checkered') {
      const isLate = this.seconds > this.#checkeredAt + 2.5 * this.#lapSeconds
      this.isOver = isLate || this.cars.every((car) => !onTrack(car))
      return
    }
    if (!this.cars.some(onTrack)) {
      this.isOver = true
      return
    }
    const paced = frontOfLine(this.cars)?.lapsCompleted ?? leader.lapsCompleted
    if (this.flag === 'caution') {
      if (!this.#hasWaved && paced >= this.#greenAtLap - 1) {
        this.#hasWaved = true
        const waved = waveAround(this.order, this.#track)
        if (waved.length > 0) this.#note(`Wave-around: ${waved.map((id) => `#${id}`).join(', ')}`, waved)
      }
      if (paced >= this.#greenAtLap) this.#show('green', leader.lapsCompleted, null)
    } else if (this.#accident()) return
    if (this.flag === 'green' && leader.lapsCompleted === this.#options.laps - 1)
      this.#show('white', leader.lapsCompleted, null)
  }

  /** Now and then a car spins: some go on, some are out; the yellow comes out either way. */
  #accident(): boolean {
    const chance = (this.#options.cautionsPer100Laps / 100 / this.#lapSeconds) * stepSeconds
    if (this.seconds < this.#lapSeconds || !this.#random.chance(chance)) return false
    const racing = this.cars.filter((car) => car.phase === 'racing')
    if (racing.length < 3) return false
    const car = this.#random.pick(racing)
    if (this.#random.chance(0.3)) this.#stopRacing(car, `#${car.carId} hits the wall`)
    else {
      car.spinUntil = this.seconds + 5
      this.#note(`#${car.carId} spins`, [car.carId])
    }
    this.#caution(`Accident: #${car.carId}`)
    return true
  }

  #stopRacing(car: SimulatedCar, text: string): void {
    // On pit road there is no one to hit: it rolls into a stall.
    const isOnTrack = car.phase === 'racing' || car.phase === 'to-pit'
    car.phase = 'coasting'
    this.#note(text, [car.carId])
    if (isOnTrack && car.fuelLitres > 0) this.#caution(`Stopped car: #${car.carId}`)
  }

  #park(car: SimulatedCar): void {
    car.phase = 'out'
    car.speedMps = 0
    if (car.fuelLitres <= 0) this.#caution(`Stopped car: #${car.carId}`)
  }

  #caution(reason: string): void {
    if (this.flag !== 'green' && this.flag !== 'white') return
    const lap = this.order[0]?.lapsCompleted ?? 0
    this.#greenAtLap = lap + 1 + this.#options.cautionLaps
    this.#hasWaved = false
    lineUp(this.order, this.#track)
    this.#show('caution', lap, reason)
  }

  #show(flag: RaceFlagState, lap: number, comment: string | null): void {
    this.flag = flag
    this.#events.push(this.#feed.flag(this.seconds, flag, lap, comment))
  }

  #note(text: string, carIds: string[]): void {
    this.#events.push(
      this.#feed.note(this.seconds, this.flag, this.order[0]?.lapsCompleted ?? 0, text, carIds),
    )
  }
}

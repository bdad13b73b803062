import type { Clocks } from '../../domain/clocks.ts'
import type { FeedEvent, RaceFlagState, RaceState } from '../../domain/feed-event.ts'
import type { Evidence, InsightDraft } from '../../domain/insight.ts'
import type { Match } from '../../domain/match.ts'
import { defineRule } from '../../domain/rule.ts'
import type { Rule, Say } from '../../domain/rule.ts'
import { fillsUp, lapsCar, seeLaps, seeStop, seeTelemetry, telemetryCar } from './car-fuel.ts'
import type { CarFuel, PitFacts } from './car-fuel.ts'
import { committedFuel } from './committed-fuel.ts'
import { fuelOutlook } from './fuel-outlook.ts'
import type { FuelOutlook } from './fuel-outlook.ts'
import type { FuelPrior } from './fuel-weights.ts'

export interface BurnBarState {
  lapsToGo: number | null
  flag: RaceFlagState
  cars: Record<string, CarFuel>
  said: Record<string, Said>
}

/** What was said last of a car, to say it again only when it moved. */
interface Said {
  atMs: number
  litres: number
  laps: number
  verdict: string
  stint: number
  position: number
}

const kind = 'race.burn-bar'
/** Usable tank of a NASCAR car (18 US gallons), where the feed tells none. */
const usualTankLitres = 68
/** A position-only car's burn is one of laps, not of an engine: that error is in its belief. */
const lapsModelError = 0.01
const leastGapMs = 1000
const movedLaps = 0.1

/**
 * Fuel left for every car, laps to empty, pit window and whether it makes the end. Cars with engine speed and throttle are
 * judged by the burn model, others by laps; both learn from gauges that teams share and from what goes in at stops. It
 * never reads a fuel channel otherwise. Scored where the feed tells: at a stop that fills up with litres told, and dry.
 */
export function createBurnBarRule(
  loadPrior: () => FuelPrior = () => committedFuel().priorFor(null, null),
): Rule {
  let loaded: FuelPrior | null = null
  const prior = () => (loaded ??= loadPrior())
  return defineRule<BurnBarState>({
    name: kind,
    version: 1,
    sports: ['race'],
    create: () => ({ lapsToGo: null, flag: 'none', cars: {}, said: {} }),
    onEvent(event, state, say) {
      const capacity = say.match?.race?.tankLitres ?? usualTankLitres
      switch (event.kind) {
        case 'race-telemetry': {
          state.flag = event.flag === 'none' ? state.flag : event.flag
          // Without an engine's channels there is nothing that laps do not tell.
          if (event.rpm === null || event.throttle === null) return
          let car = state.cars[event.carId]
          if (car === undefined || car.source === 'laps') {
            const engine = telemetryCar(event.carId, prior(), capacity)
            state.cars[event.carId] = car =
              car === undefined
                ? engine
                : {
                    ...engine,
                    position: car.position,
                    driver: car.driver,
                    stint: car.stint,
                    pitStops: car.pitStops,
                  }
          }
          if (seeTelemetry(car, event, prior())) tell(car, event.clocks, state, say, prior(), false)
          return
        }
        case 'race-state':
          seeState(event, state, say, capacity, prior())
          return
        case 'race-flag':
          state.flag = event.flag
          return
        case 'race-lap': {
          const car = state.cars[event.carId]
          if (car !== undefined) car.lapSeconds = event.lapSeconds ?? car.lapSeconds
          return
        }
        case 'race-pit': {
          const car = state.cars[event.carId]
          // Before the start cars roll down pit road; a visit without service adds no fuel.
          if (car === undefined || event.flag === 'warm-up' || event.flag === 'checkered') return
          if (event.stopSeconds === null && event.fuelAddedLitres === null && !event.tiresChanged) return
          car.hasPitEvents = true
          car.counted = null
          car.onPitRoad = false
          const stop = {
            fuelAddedLitres: event.fuelAddedLitres,
            flag: event.flag,
            lapsToGo: state.lapsToGo,
            capacity,
          }
          stopOf(car, stop, event.clocks, state, say, prior())
          return
        }
        case 'race-note':
          if (/\bout of fuel\b/i.test(event.text))
            for (const carId of event.carIds) ranDry(carId, event, state, say, prior())
          return
        default:
          return
      }
    },
  })
}

function seeState(
  event: RaceState & { clocks: Clocks },
  state: BurnBarState,
  say: Say,
  capacity: number,
  prior: FuelPrior,
): void {
  state.lapsToGo = event.lapsToGo
  state.flag = event.flag
  const metres = say.match?.race?.trackLengthMetres ?? null
  for (const seen of event.cars) {
    let car = state.cars[seen.carId]
    if (car === undefined)
      state.cars[seen.carId] = car = lapsCar(seen.carId, metres === null ? null : metres / 1000, capacity)
    car.position = seen.position
    car.driver = seen.driver
    car.isRunning = seen.isRunning
    car.lapSeconds = seen.lastLapSeconds ?? car.lapSeconds
    if (car.source === 'laps') {
      seeLaps(car, seen.lapsCompleted + (seen.lapFraction ?? 0), event.flag)
      seeCount(car, seen.pitStops, event.flag, event.lapsToGo, capacity)
      if (event.flag !== 'checkered' && event.flag !== 'warm-up')
        tell(car, event.clocks, state, say, prior, false)
    }
    car.pitStops = seen.pitStops
  }
}

/** A feed without pit events still counts stops; one with them counts a moment earlier, so a lap is waited. */
function seeCount(
  car: CarFuel,
  pitStops: number,
  flag: RaceFlagState,
  lapsToGo: number | null,
  capacity: number,
): void {
  if (pitStops > car.pitStops) car.counted = { lap: car.lap, used: [...car.used] }
  const { counted } = car
  if (counted === null || car.lap < counted.lap + 2) return
  car.counted = null
  const since = car.used.map((value, k) => value - counted.used[k]!)
  if (!car.hasPitEvents) seeStop(car, { fuelAddedLitres: null, flag, lapsToGo, capacity }, since)
}

/** A stop: what was said before it is scored where the litres tell what was left, then the tank is filled. */
function stopOf(
  car: CarFuel,
  stop: PitFacts,
  clocks: Clocks,
  state: BurnBarState,
  say: Say,
  prior: FuelPrior,
): void {
  if (stop.fuelAddedLitres !== null && fillsUp(car, stop) && tell(car, clocks, state, say, prior, true))
    say.outcome({
      kind,
      subject: car.carId,
      occasion: occasionOf(car),
      happened: Math.max(0, stop.capacity - stop.fuelAddedLitres),
      eventTimeMs: clocks.eventTimeMs,
    })
  seeStop(car, stop)
  // The new stint begins with its own word at once.
  delete state.said[car.carId]
  tell(car, clocks, state, say, prior, false)
}

function ranDry(carId: string, event: FeedEvent, state: BurnBarState, say: Say, prior: FuelPrior): void {
  const car = state.cars[carId]
  if (car === undefined || !tell(car, event.clocks, state, say, prior, true)) return
  say.outcome({
    kind,
    subject: carId,
    occasion: occasionOf(car),
    happened: 0,
    eventTimeMs: event.clocks.eventTimeMs,
  })
  car.isRunning = false
}

function occasionOf(car: CarFuel): string {
  return `stint-${car.stint}`
}

/** Says where a car stands, when it moved or is to be scored. Whether there was something to say. */
function tell(
  car: CarFuel,
  clocks: Clocks,
  state: BurnBarState,
  say: Say,
  prior: FuelPrior,
  isScored: boolean,
): boolean {
  const { match } = say
  if (match === null || !car.isRunning || state.flag === 'checkered') return false
  const said = state.said[car.carId]
  // What goes in at a stop is told afterwards.
  if (!isScored && (car.onPitRoad || car.counted !== null)) return false
  if (!isScored && said !== undefined && clocks.eventTimeMs - said.atMs < leastGapMs) return false
  const capacityLitres = match.race?.tankLitres ?? usualTankLitres
  const outlook = fuelOutlook(car, {
    capacityLitres,
    lapsToGo: state.lapsToGo,
    isCaution: state.flag === 'caution',
    modelError: car.source === 'laps' ? lapsModelError : prior.modelError,
  })
  if (outlook === null) return false
  const now: Said = {
    atMs: clocks.eventTimeMs,
    litres: outlook.fuelLitres.value,
    laps: outlook.lapsToEmpty.value,
    verdict: outlook.verdict ?? '',
    stint: car.stint,
    position: car.position,
  }
  if (!isScored && said !== undefined && !hasMoved(said, now, capacityLitres)) return false
  state.said[car.carId] = now
  say.insight(draftOf(car, outlook, clocks, match, state, capacityLitres, isScored))
  return true
}

function hasMoved(before: Said, now: Said, capacity: number): boolean {
  return (
    before.verdict !== now.verdict ||
    before.stint !== now.stint ||
    before.position !== now.position ||
    Math.abs(before.laps - now.laps) >= movedLaps ||
    Math.abs(before.litres - now.litres) >= 0.005 * capacity
  )
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function draftOf(
  car: CarFuel,
  outlook: FuelOutlook,
  clocks: Clocks,
  match: Match,
  state: BurnBarState,
  capacityLitres: number,
  isScored: boolean,
): InsightDraft {
  const { fuelLitres, lapsToEmpty, verdict, shortByLaps } = outlook
  const evidence: Evidence[] = [
    { label: 'Burn a green lap', value: round(outlook.litresPerLap, 3), unit: 'l' },
    {
      label: 'Judged by',
      value: car.source === 'telemetry' ? 'engine speed and throttle' : 'laps and pit stops',
      unit: '',
    },
    {
      label: match.race?.tankLitres == null ? 'Tank (assumed)' : 'Tank',
      value: round(capacityLitres, 1),
      unit: 'l',
    },
  ]
  return {
    kind,
    subject: car.carId,
    occasion: occasionOf(car),
    clocks,
    headline: headlineOf(car, outlook),
    estimate: {
      type: 'interval',
      value: round(fuelLitres.value, 3),
      low: round(fuelLitres.low, 3),
      high: round(fuelLitres.high, 3),
      level: 0.8,
      unit: 'l',
    },
    evidence,
    leadTimeMs: car.lapSeconds === null ? null : Math.round(1000 * car.lapSeconds * lapsToEmpty.value),
    importance: importanceOf(outlook, state.lapsToGo),
    detail: {
      fuelLitres: round(fuelLitres.value, 2),
      low: round(fuelLitres.low, 2),
      high: round(fuelLitres.high, 2),
      capacityLitres: round(capacityLitres, 2),
      lapsToEmpty: {
        value: round(lapsToEmpty.value, 1),
        low: round(lapsToEmpty.low, 1),
        high: round(lapsToEmpty.high, 1),
      },
      lapsToGo: state.lapsToGo,
      verdict,
      shortByLaps: shortByLaps === null ? null : round(Math.max(0, shortByLaps), 1),
      pitWindow: outlook.pitWindow,
      position: car.position,
      number: car.carId,
      driver: car.driver,
      flag: state.flag,
    },
    isScored,
  }
}

function headlineOf(car: CarFuel, { verdict, shortByLaps, lapsToEmpty, pitWindow }: FuelOutlook): string {
  const name = `#${car.carId}`
  const laps = Math.abs(shortByLaps ?? 0).toFixed(1)
  if (verdict === 'makes-it') return `${name} makes it to the end with ${laps} laps of fuel to spare.`
  if (verdict === 'close') return `${name} is on the edge: fuel for ${lapsToEmpty.value.toFixed(1)} laps.`
  const window = pitWindow === null ? '' : ` and stops between laps ${pitWindow.from} and ${pitWindow.to}`
  return `${name} has fuel for ${lapsToEmpty.value.toFixed(1)} laps${window}.`
}

/** The last laps and an open question weigh most; a full tank in mid-race least. */
function importanceOf({ verdict, lapsToEmpty }: FuelOutlook, lapsToGo: number | null): number {
  const isLate = lapsToGo !== null && lapsToGo <= 15
  if (verdict === 'close') return isLate ? 0.9 : 0.5
  if (lapsToEmpty.low < 2) return 0.75
  if (verdict === 'short' && isLate) return 0.7
  return lapsToEmpty.low < 5 ? 0.4 : 0.2
}

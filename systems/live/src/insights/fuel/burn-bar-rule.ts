import type { Clocks } from '../../domain/clocks.ts'
import type { FeedEvent, RaceFlagState, RaceState } from '../../domain/feed-event.ts'
import type { Evidence, InsightDraft } from '../../domain/insight.ts'
import type { Match, RaceCarFacts } from '../../domain/match.ts'
import { defineRule } from '../../domain/rule.ts'
import type { Rule, Say } from '../../domain/rule.ts'
import { fillsUp, lapsCar, seeLaps, seeStop, seeTelemetry, telemetryCar } from './car-fuel.ts'
import type { CarFuel, PitFacts } from './car-fuel.ts'
import { committedFuel } from './committed-fuel.ts'
import { fuelOutlook } from './fuel-outlook.ts'
import type { FuelOutlook, FuelPlan } from './fuel-outlook.ts'
import type { FuelPrior, FuelWeights } from './fuel-weights.ts'

export interface BurnBarState {
  lapsToGo: number | null
  flag: RaceFlagState
  /** Cars in running order as the field was last seen: every word of that moment has its place from this one list. */
  standing: string[]
  cars: Record<string, CarFuel>
  said: Record<string, Said>
}

type PriorOf = (facts: RaceCarFacts | null, trackMetres: number | null) => FuelPrior

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
const anchorWords = {
  gauge: 'the car’s own gauge',
  fill: 'its last stop',
  'race-start': 'the start: nearly a full tank',
  nothing: 'nothing yet: any fill is possible',
} as const
/** Drivers save up to about a tenth without being passed by everyone. */
const mostSaved = 0.1
const leastGapMs = 1000
const movedLaps = 0.1

/**
 * Fuel left for every car, laps to empty, pit window and whether it makes the end. Cars with engine speed and throttle are
 * judged by the burn model, others by laps; both learn from gauges that teams share and from what goes in at stops. It
 * never reads a fuel channel otherwise. Scored where the feed tells: at a stop that fills up with litres told, and dry.
 */
export function createBurnBarRule(
  weights: () => FuelWeights = committedFuel,
  run: string | null = null,
): Rule {
  // Follows from what is known of a car alone, so two processors that build it apart say the same.
  const priors = new Map<string, FuelPrior>()
  const priorOf: PriorOf = (facts, trackMetres) => {
    const key = JSON.stringify([facts && { ...facts, carId: '' }, trackMetres])
    let prior = priors.get(key)
    if (prior === undefined) priors.set(key, (prior = weights().priorFor(run, facts, trackMetres)))
    return prior
  }
  return defineRule<BurnBarState>({
    name: kind,
    version: 2,
    sports: ['race'],
    create: () => ({ lapsToGo: null, flag: 'none', standing: [], cars: {}, said: {} }),
    onEvent(event, state, say) {
      const race = say.match?.race
      const trackMetres = race?.trackLengthMetres ?? null
      switch (event.kind) {
        case 'race-telemetry': {
          state.flag = event.flag === 'none' ? state.flag : event.flag
          // Without an engine's channels there is nothing that laps do not tell.
          if (event.rpm === null || event.throttle === null) return
          let car = state.cars[event.carId]
          const facts = car?.facts ?? race?.cars?.find(({ carId }) => carId === event.carId) ?? null
          const prior = priorOf(facts, trackMetres)
          if (car === undefined || car.source === 'laps') {
            const engine = telemetryCar(event.carId, prior, capacityOf(say.match, car ?? null), facts)
            state.cars[event.carId] = car =
              car === undefined
                ? engine
                : {
                    ...engine,
                    position: car.position,
                    driver: car.driver,
                    stint: car.stint,
                    pitStops: car.pitStops,
                    anchorLitres: car.anchorLitres,
                    anchorVariance: car.anchorVariance,
                    anchoredBy: car.anchoredBy,
                  }
          }
          if (seeTelemetry(car, event, prior)) tell(car, event.clocks, state, say, priorOf, false)
          return
        }
        case 'race-state':
          seeState(event, state, say, priorOf)
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
            capacity: capacityOf(say.match, car),
          }
          stopOf(car, stop, event.clocks, state, say, priorOf)
          return
        }
        case 'race-note':
          if (/\bout of fuel\b/i.test(event.text))
            for (const carId of event.carIds) ranDry(carId, event, state, say, priorOf)
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
  priorOf: PriorOf,
): void {
  state.lapsToGo = event.lapsToGo
  state.flag = event.flag
  state.standing = event.cars.map(({ carId }) => carId)
  const metres = say.match?.race?.trackLengthMetres ?? null
  for (const seen of event.cars) {
    let car = state.cars[seen.carId]
    if (car === undefined)
      state.cars[seen.carId] = car = lapsCar(
        seen.carId,
        metres === null ? null : metres / 1000,
        capacityOf(say.match, null),
        // Cars that are first seen on the first lap of a race have just been fuelled; one that is joined later may have any fuel left.
        event.lap <= 1 && say.match?.race?.totalLaps != null ? 'race-start' : 'nothing',
      )
    car.position = seen.position
    car.driver = seen.driver
    car.isRunning = seen.isRunning
    car.lapSeconds = seen.lastLapSeconds ?? car.lapSeconds
    if (car.source === 'laps') {
      seeLaps(car, seen.lapsCompleted + (seen.lapFraction ?? 0), event.flag)
      seeCount(car, seen.pitStops, event.flag, event.lapsToGo, capacityOf(say.match, car))
      if (event.flag !== 'checkered' && event.flag !== 'warm-up')
        tell(car, event.clocks, state, say, priorOf, false)
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
  priorOf: PriorOf,
): void {
  if (stop.fuelAddedLitres !== null && fillsUp(car, stop) && tell(car, clocks, state, say, priorOf, true))
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
  tell(car, clocks, state, say, priorOf, false)
}

function ranDry(carId: string, event: FeedEvent, state: BurnBarState, say: Say, priorOf: PriorOf): void {
  const car = state.cars[carId]
  if (car === undefined || !tell(car, event.clocks, state, say, priorOf, true)) return
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
  priorOf: PriorOf,
  isScored: boolean,
): boolean {
  const { match } = say
  if (match === null || !car.isRunning || state.flag === 'checkered') return false
  const said = state.said[car.carId]
  // What goes in at a stop is told afterwards.
  if (!isScored && (car.onPitRoad || car.counted !== null)) return false
  if (!isScored && said !== undefined && clocks.eventTimeMs - said.atMs < leastGapMs) return false
  const capacityLitres = capacityOf(match, car)
  const outlook = fuelOutlook(car, {
    capacityLitres,
    lapsToGo: state.lapsToGo,
    isCaution: state.flag === 'caution',
    modelError:
      car.source === 'laps'
        ? lapsModelError
        : priorOf(car.facts, match.race?.trackLengthMetres ?? null).modelError,
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

/** Usable tank as the feed tells it; null where it does not. */
function tankOf(match: Match | null, car: CarFuel | null): number | null {
  return match?.race?.tankLitres ?? car?.facts?.tankLitres ?? null
}

/** A tank holds what its gauge has shown. */
function capacityOf(match: Match | null, car: CarFuel | null): number {
  return Math.max(tankOf(match, car) ?? usualTankLitres, car?.highestLitres ?? 0)
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
      label: tankOf(match, car) === null ? 'Tank (assumed)' : 'Tank',
      value: round(capacityLitres, 1),
      unit: 'l',
    },
    { label: 'Fuel rests on', value: anchorWords[car.anchoredBy], unit: '' },
    { label: 'A caution lap', value: round(outlook.litresPerCautionLap, 3), unit: 'l' },
    ...(outlook.whatIf === null
      ? []
      : [
          { label: 'If he saves 5 %', value: planWords(outlook.whatIf.saves5Pct), unit: '' },
          { label: 'If he pits now', value: planWords(outlook.whatIf.pitsNow), unit: '' },
        ]),
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
      plan: outlook.plan && roundPlan(outlook.plan),
      whatIf: outlook.whatIf && {
        saves5Pct: roundPlan(outlook.whatIf.saves5Pct),
        pitsNow: roundPlan(outlook.whatIf.pitsNow),
      },
      anchoredBy: car.anchoredBy,
      position: car.position,
      standing: state.standing,
      number: car.carId,
      driver: car.driver,
      flag: state.flag,
    },
    isScored,
  }
}

function roundPlan({ stops, spareLaps, saveShare }: FuelPlan): FuelPlan {
  return {
    stops,
    spareLaps: round(spareLaps, 1),
    saveShare: saveShare === null ? null : round(saveShare, 3),
  }
}

function headlineOf(
  car: CarFuel,
  { verdict, shortByLaps, lapsToEmpty, pitWindow, plan }: FuelOutlook,
): string {
  const name = `#${car.carId}`
  const laps = Math.abs(shortByLaps ?? 0).toFixed(1)
  if (verdict === 'makes-it') return `${name} makes it to the end with ${laps} laps of fuel to spare.`
  if (verdict === 'close') return `${name} is on the edge: fuel for ${lapsToEmpty.value.toFixed(1)} laps.`
  const window = pitWindow === null ? '' : ` and stops between laps ${pitWindow.from} and ${pitWindow.to}`
  const save = plan?.saveShare
  const saving =
    save == null || save > mostSaved
      ? ''
      : ` Saving ${Math.max(1, Math.round(100 * save))} % would ${plan!.stops === 1 ? 'get it to the end without a stop' : 'spare it a stop'}.`
  return `${name} has fuel for ${lapsToEmpty.value.toFixed(1)} laps${window}.${saving}`
}

function planWords({ stops, spareLaps }: FuelPlan): string {
  const count = stops === 0 ? 'no stop' : stops === 1 ? '1 stop' : `${stops} stops`
  return `${count}, ${spareLaps.toFixed(1)} laps to spare`
}

/** The last laps and an open question weigh most; a full tank in mid-race least. */
function importanceOf({ verdict, lapsToEmpty }: FuelOutlook, lapsToGo: number | null): number {
  const isLate = lapsToGo !== null && lapsToGo <= 15
  if (verdict === 'close') return isLate ? 0.9 : 0.5
  if (lapsToEmpty.low < 2) return 0.75
  if (verdict === 'short' && isLate) return 0.7
  return lapsToEmpty.low < 5 ? 0.4 : 0.2
}

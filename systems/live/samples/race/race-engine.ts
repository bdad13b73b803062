import type { Random } from '@heavylift/core'

/** The true engine of a simulated car. The burn bar never sees it. */
export interface RaceEngine {
  maxPowerW: number
  /** Bend of the power curve over engine speed: power = max · ((1 + c) x − c x³), x = rpm ÷ redline. */
  powerBend: number
  idleRpm: number
  redlineRpm: number
  /** Share of the fuel's energy that becomes work in the cylinder. */
  efficiency: number
  /** Friction and pumping at the redline, W; grows with engine speed to the power 1.6. */
  frictionW: number
  /** Extra fuel at full load, share. */
  enrichment: number
  /** Whether fuel is cut when the throttle is shut. */
  cutsFuel: boolean
  /** Pedal against load: throttle = load ^ pedal. */
  pedal: number
  massKg: number
  /** ½ ρ c_d A, kg/m. */
  dragKgPerM: number
  /** Speed at the redline in each gear, m/s. */
  gearTopMps: readonly number[]
}

/** Energy of a litre of race fuel, J (43 MJ/kg, 0.745 kg/l). */
const joulesPerLitre = 32e6

/** An engine and car within the bounds of stock cars and GT cars; every one differs. */
export function inventEngine(random: Random, topSpeedMps: number): RaceEngine {
  const between = (low: number, high: number) => low + (high - low) * random.next()
  const maxPowerW = between(430e3, 510e3)
  return {
    maxPowerW,
    powerBend: between(0.2, 0.5),
    idleRpm: between(800, 1300),
    redlineRpm: between(7200, 9200),
    efficiency: between(0.34, 0.43),
    frictionW: maxPowerW * between(0.08, 0.14),
    enrichment: between(0, 0.1),
    cutsFuel: random.chance(0.6),
    pedal: between(1.1, 1.7),
    massKg: between(1440, 1540),
    dragKgPerM: between(0.52, 0.6),
    gearTopMps: [0.28, 0.44, 0.62, 0.8, 1.06].map((share) => share * topSpeedMps * between(0.98, 1.04)),
  }
}

/** Power at full throttle, W. */
export function fullPower(engine: RaceEngine, rpm: number): number {
  const x = Math.min(1, rpm / engine.redlineRpm)
  return engine.maxPowerW * ((1 + engine.powerBend) * x - engine.powerBend * x ** 3)
}

/** Fuel that flows, litres a second: a Willans line (work plus friction over efficiency), richer near full load. */
export function fuelFlow(engine: RaceEngine, rpm: number, powerW: number): number {
  const friction = engine.frictionW * (rpm / engine.redlineRpm) ** 1.6
  if (powerW <= 0 && engine.cutsFuel && rpm > 1.5 * engine.idleRpm) return 0
  const load = Math.max(0, powerW) / fullPower(engine, Math.max(rpm, engine.idleRpm))
  const rich = 1 + engine.enrichment * Math.max(0, (load - 0.85) / 0.15)
  // Shut throttle without a cut: the idle circuit feeds a part of the friction.
  const work = powerW > 0 ? powerW + friction : 0.35 * friction
  return (rich * work) / (engine.efficiency * joulesPerLitre)
}

/** Gear (from 1) for a speed: up near the redline, down when the lower gear leaves room. */
export function chooseGear(engine: RaceEngine, gear: number, speedMps: number): number {
  const top = engine.gearTopMps
  let chosen = Math.max(1, gear)
  while (chosen < top.length && speedMps > 0.97 * (top[chosen - 1] ?? 0)) chosen++
  while (chosen > 1 && speedMps < 0.85 * (top[chosen - 2] ?? 0)) chosen--
  return chosen
}

export function engineRpm(engine: RaceEngine, gear: number, speedMps: number): number {
  const top = engine.gearTopMps[gear - 1] ?? 1
  return Math.max(engine.idleRpm, (engine.redlineRpm * speedMps) / top)
}

import type { RaceCarFacts } from '../../domain/match.ts'

/** Flow near full load of an engine that nothing is known of, litres a second: a racing saloon's. */
export const typicalFlow = 0.03
const typicalSpread = 0.8
/** However many facts agree, engines of one size differ by this much. */
const leastSpread = 0.3

/** Displacement of a cylinder of a racing engine, litres. */
const cylinderLitres = 0.6
/**
 * Fuel of a litre of displacement at full load and 7,000 rpm, litres a second: half of it is filled with air of 1.2 g/l each turn
 * (volumetric efficiency 0.95), burnt at 12.5 : 1 with fuel of 0.75 kg/l.
 */
const flowPerLitre = (0.5 * (7000 / 60) * 0.0012 * 0.95) / 12.5 / 0.75
/** A tank is made for about an hour, of which an engine works at this share of full load. */
const stintSeconds = 3600
const loadShare = 0.65

/** One guess of the flow near full load, and how far it may be off, as a share (of its logarithm). */
interface Guess {
  flow: number
  spread: number
}

/**
 * How much an engine burns near full load, litres a second, and its spread as a share, from what a file says of the car: displaced
 * air (cylinders, redline), a stint's tank, and the speed of a lap, each taken as independent. Wide: a lap or a fill overrules it.
 */
export function engineSize(facts: RaceCarFacts | null, trackMetres: number | null): Guess {
  const guesses: Guess[] = [{ flow: typicalFlow, spread: typicalSpread }]
  if (facts?.cylinders != null)
    guesses.push({
      flow: flowPerLitre * cylinderLitres * facts.cylinders * ((facts.redlineRpm ?? 7000) / 7000),
      spread: facts.redlineRpm === null ? 0.5 : 0.4,
    })
  if (facts?.tankLitres != null)
    guesses.push({ flow: facts.tankLitres / stintSeconds / loadShare, spread: 0.55 })
  if (facts?.lapSeconds != null && trackMetres !== null)
    // Power goes with drag, and drag with speed: half as fast again takes not quite twice as much.
    guesses.push({ flow: 0.022 * (trackMetres / facts.lapSeconds / 40) ** 1.5, spread: 0.5 })
  let weight = 0
  let sum = 0
  for (const { flow, spread } of guesses) {
    weight += 1 / spread ** 2
    sum += Math.log(flow) / spread ** 2
  }
  return { flow: Math.exp(sum / weight), spread: Math.max(leastSpread, Math.sqrt(1 / weight)) }
}

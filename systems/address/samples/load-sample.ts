import { createRandom } from '@heavylift/core'
import type { Random, ReportProgress } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { AddressContext } from '../src/context.ts'
import { sampleTrial } from '../src/decide/defects.ts'
import type { Place } from '../src/decide/places.ts'
import { makeCases } from '../src/learn/made-cases.ts'
import type { TrueCase } from '../src/evals/kind/truth.ts'
import { isDefective } from './deliveries.ts'

const count = 240
const batch = 40
const corrected = 24

/** Made-up addresses of a made-up town, decided, delivered to, and some of them corrected. Does nothing where there are places. */
export async function loadSample(
  { places, signal }: AddressContext,
  tenantId: string,
  report: ReportProgress,
): Promise<void> {
  if ((await places.find(tenantId, { limit: 1 })).length > 0) return
  const random = createRandom('address sample')
  const cases = makeCases('address sample', count)
  for (let from = 0; from < count; from += batch) {
    report({ stage: 'sample addresses', done: from, total: count, unit: 'addresses' })
    const part = cases.slice(from, from + batch)
    const decided = await places.decide(
      tenantId,
      part.map((one) => ({ ...one, id: one.id.replaceAll(' ', '-'), ...locate(one.address) })),
      { sample: sampleTrial },
    )
    for (const [at, place] of decided.entries())
      await live(places, tenantId, place, part[at]!, random, from + at)
  }
  // From then on the comparison of the samples stands still.
  await sleep(sampleTrial.attributionMs + 100, signal)
}

async function live(
  places: AddressContext['places'],
  tenantId: string,
  place: Place,
  truth: TrueCase,
  random: Random,
  at: number,
): Promise<void> {
  await places.outcome(
    tenantId,
    place.id,
    isDefective(random, truth, place.arm === 'off' ? null : place.decision),
    place.decidedAtMs,
  )
  // A person looks at every tenth, so that the pages show what corrections do.
  if (at % Math.floor(count / corrected) === 0) await places.correct(tenantId, place.id, truth.kind)
}

/** A made-up street is a line of the made-up town, and a number a step along it; boxes and the like are nowhere. */
function locate(address: string): { latitude: number | null; longitude: number | null } {
  const match = /^(\d+) (?:[NSEW] )?(\w+) (\w+)/.exec(address)
  if (match === null) return { latitude: null, longitude: null }
  const random = createRandom(`${match[2]} ${match[3]}`)
  const across = random.next() * 0.03 - 0.015
  const from = random.next() * 0.006 - 0.02
  const along = from + 0.004 * Math.log2(1 + Number(match[1]) / 20)
  const side = Number(match[1]) % 2 === 0 ? 0.0003 : -0.0003
  const slant = (random.next() - 0.5) * 0.25
  const [x, y] = random.chance(0.5)
    ? [along, across + side + slant * along]
    : [across + side + slant * along, along]
  return { latitude: 41.48 + y, longitude: -81.78 + x * 1.3 }
}

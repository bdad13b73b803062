import { createRandom } from '@heavylift/core'
import { makeCase, usualNoise } from '../../samples/documents/make-case.ts'
import type { MadeCase, MakeOptions } from '../../samples/documents/make-case.ts'
import { evidentKinds } from '../domain/kinds.ts'
import { observeCase } from '../evidence/observe-case.ts'
import type { TrueCase } from '../evals/kind/truth.ts'
import type { CaseSource } from './learn-model.ts'

const unitKinds = new Set(['multi-unit', 'unit', 'private-mailbox'])

/** A made case in the form that evals read. */
export function trueCaseOf({ place, documents, hours, ordered }: MadeCase, id: string): TrueCase {
  return {
    id,
    source: place.address.split(',')[1]?.trim() ?? 'made',
    address: place.address,
    unit: null,
    name: place.name === '' ? null : place.name,
    record: null,
    documents,
    kind: place.kind,
    unitNeeded: unitKinds.has(place.kind),
    hours,
    ordered,
  }
}

/** Made cases by a seed; the same seed gives the same cases. */
export function makeCases(seed: string, count: number, options: MakeOptions = usualNoise): TrueCase[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, at) => trueCaseOf(makeCase(random, options), `${seed}-${at + 1}`))
}

/** Cases as the model learns from them. */
export async function observeSource(name: string, cases: readonly TrueCase[]): Promise<CaseSource> {
  const labelled = []
  for (const one of cases)
    labelled.push({ observations: await observeCase(one), label: evidentKinds.indexOf(one.kind) })
  return { name, cases: labelled }
}

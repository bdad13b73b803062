import { cardOf } from '../cards.ts'
import type { Facts } from '../facts.ts'
import type { Step } from '../plan/plan.ts'
import { addSubjects, load } from '../step-reads.ts'
import type { StepSources } from '../step-sources.ts'
import { readFit } from './fit-asked.ts'

/** Reads in the listing of one product whether it goes with another. */
export async function runFit(
  { part, thing, subject }: Extract<Step, { kind: 'fit' }>,
  facts: Facts,
  sources: StepSources,
): Promise<unknown> {
  const [of, to] = await load([part, thing], facts, sources)
  if (of === undefined || to === undefined) return { verdict: 'unsaid' }
  facts.fit = await readFit(of, to, sources)
  for (const product of [of, to]) facts.cards.set(product.id, cardOf(product, null, [], facts.phrases))
  addSubjects(facts, [subject])
  return { verdict: facts.fit.fit.verdict }
}

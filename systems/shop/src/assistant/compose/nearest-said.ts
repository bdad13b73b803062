import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { listingEvidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import { likeliestLines } from '../lines/line-model.ts'
import { quotesOf } from './extract.ts'
import { titlesIn } from './results.ts'
import type { Citations } from './writer.ts'

/**
 * That nothing is known to answer, and what of the listing is likeliest to: its warnings first, then up to `mostNearest` lines in `longestNearest`
 * characters. Of a short listing that is all of it. It names the product: another one may be meant.
 */
export function nearestSaid(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
  {
    warnings = [],
    how = 'with-reviews',
  }: { warnings?: readonly Evidence[]; how?: 'bare' | 'with-reviews' } = {},
): string[] {
  const { lexicon, phrases, cosines } = facts
  const known = cosines?.get(product.id)
  const told = listingEvidence(product, lexicon).filter(
    ({ source }) => source.kind === 'product' && !naming.has(source.field),
  )
  const cosineOf = known === undefined ? null : (text: string) => known.get(text) ?? null
  const likeliest = likeliestLines(question, product, told, lexicon, cosineOf)
  const lines: Evidence[] = []
  let left = longestNearest
  for (const line of [...warnings, ...likeliest.map((one) => one.line)]) {
    if (lines.length === mostNearest || lines.some(({ text }) => text === line.text)) continue
    left -= line.text.length
    if (left < 0 && lines.length > 0) break
    lines.push(line)
  }
  if (lines.length === 0) return [saidNowhere('unsaid', product, facts, how)]
  return [
    `${titlesIn(facts)(product.id)}: ${saidNowhere('unclear', product, facts, how)}`,
    ...quotesOf(lines, citations, phrases),
  ]
}

/** What is called and where it is shelved says nothing of it. */
const naming: ReadonlySet<string> = new Set(['brand', 'categories'])
const mostNearest = 3
const longestNearest = 260

/** That its listing says nothing of what is asked (`unclear`: what comes nearest follows), and how many reviews do not either. */
function saidNowhere(
  what: 'unsaid' | 'unclear',
  product: Product,
  { digests, phrases }: Facts,
  how: 'bare' | 'with-reviews',
): string {
  const n = how === 'bare' ? 0 : (digests.get(product.id)?.read ?? 0)
  return phrases.say(`listing.${what}${n === 0 ? '' : n === 1 ? '.one' : '.reviews'}`, { n })
}

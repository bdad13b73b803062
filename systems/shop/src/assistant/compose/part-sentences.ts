import { isPriced } from '../../domain/money.ts'
import type { Product } from '../../domain/product.ts'
import { shownVariant } from '../cards.ts'
import type { Facts } from '../facts.ts'
import type { FoundFit, FoundPart, FoundParts } from '../parts/part-types.ts'
import { quoteOf } from './extract.ts'
import { sayTitle } from './say-title.ts'
import type { Citations } from './writer.ts'

/** So many of those that are not for a thing are told. */
const mostDenied = 2

/** Which part is for a thing, in the words of its listing; else that none says so, with the first of the kind; and which are not for it. */
export function partSentences(
  { thing, parts, denied, warning }: FoundParts,
  facts: Facts,
  citations: Citations,
): string[] {
  const { phrases } = facts
  const { titleOf, ofThing } = saying(thing, facts, citations)
  const quoted = ({ fit }: FoundPart) =>
    fit.line === null || fit.line.source.kind !== 'product' || fit.line.source.field === 'title'
      ? []
      : [quoteOf(fit.line, citations, phrases)]
  const [first] = parts
  const price = first && shownVariant(first.product, null).price
  const name = first?.fit.verdict === 'fits' ? 'parts.fits' : 'parts.unsaid'
  return [
    ...(first && price
      ? [
          phrases.say(isPriced(price) ? name : `${name}.unpriced`, {
            ...ofThing(),
            title: titleOf(first.product),
            price: phrases.money(price),
          }),
          ...quoted(first),
        ]
      : []),
    ...denied
      .slice(0, mostDenied)
      .flatMap((one) => [
        phrases.say('parts.denied', { title: titleOf(one.product), ...ofThing() }),
        ...quoted(one),
      ]),
    ...(warning === null ? [] : [`${titleOf(thing)}: ${quoteOf(warning, citations, phrases)}`]),
  ]
}

/** What a listing says on whether it goes with a thing; first that it is not for it, where it denies that. */
export function fitSentences({ part, thing, fit }: FoundFit, facts: Facts, citations: Citations): string[] {
  const { titleOf, ofThing } = saying(thing, facts, citations)
  if (fit.line === null) return []
  const quote = quoteOf(fit.line, citations, facts.phrases)
  return fit.verdict === 'denied'
    ? [facts.phrases.say('parts.denied', { title: titleOf(part), ...ofThing() }), quote]
    : [`${titleOf(part)}: ${quote}`]
}

function saying(thing: Product, facts: Facts, citations: Citations) {
  const titleOf = (product: Product) => sayTitle(product, facts.products.values())
  const ofThing = () => ({
    thing: titleOf(thing),
    mark: citations.mark({ kind: 'product', productId: thing.id, field: 'title' }, thing.title),
  })
  return { titleOf, ofThing }
}

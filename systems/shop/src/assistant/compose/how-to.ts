import type { Product } from '../../domain/product.ts'
import { listingEvidence, makeEvidence, sectionEvidence } from '../evidence.ts'
import type { Evidence } from '../../domain/answer.ts'
import type { Facts } from '../facts.ts'
import type { Phrases } from '../phrases.ts'
import { contentStems, sentences } from '../words.ts'
import type { Draft } from './draft.ts'
import { sayTitle } from './say-title.ts'
import { excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** At most so many listings are quoted. */
const mostQuoted = 2

/** How goods of a kind are treated, in the words of their listings and of the store's own pages; that none says so, where none does. */
export function howToDraft(message: string, facts: Facts, phrases: Phrases, citations: Citations): Draft {
  const { lexicon } = facts
  const quoted = (facts.survey ?? [])
    .flatMap((product) => {
      const said = treatmentIn(message, product, facts)
      return said ? [{ product, said }] : []
    })
    // What several listings say alike is said once.
    .filter(({ said }, at, all) => all.findIndex((other) => other.said.text === said.text) === at)
    .slice(0, mostQuoted)
  const verbs = verbsAsked(message, facts)
  const onPages = (facts.policies ?? []).flatMap(({ section, text }) =>
    sentences(text).flatMap((sentence) => {
      const source = { kind: 'policy' as const, section }
      const said = makeEvidence({ kind: 'policy', text: sentence.trim(), productId: null, source }, lexicon)
      return holdsAny(said, verbs) ? [said] : []
    }),
  )
  const told = [
    ...quoted.map(({ product, said }) =>
      phrases.say('how-to.listing', {
        title: sayTitle(product, facts.products.values()),
        quote: excerpt(said.text, 220),
        mark: citations.mark(said.source, said.text),
      }),
    ),
    ...onPages.slice(0, 1).map((said) =>
      phrases.say('how-to.store', {
        quote: excerpt(said.text, 220),
        mark: citations.mark(said.source, said.text),
      }),
    ),
  ]
  return { parts: [], sentences: told.length > 0 ? told : [phrases.say('how-to.unsaid')] }
}

/** The sentence of a listing that says how what is asked is done ("Wipe it with a damp cloth" to clean it); null where none does. */
export function treatmentIn(message: string, product: Product, facts: Facts): Evidence | null {
  const verbs = verbsAsked(message, facts)
  return (
    sectionEvidence(product, facts.lexicon).find((one) => holdsAny(one, verbs)) ??
    listingEvidence(product, facts.lexicon).find((one) => one.kind === 'listing' && holdsAny(one, verbs)) ??
    listingEvidence(product, facts.lexicon).find((one) => one.kind === 'attribute' && holdsAny(one, verbs)) ??
    null
  )
}

const holdsAny = ({ stems }: Evidence, verbs: ReadonlySet<string>): boolean =>
  [...verbs].some((verb) => stems.has(verb))

/** Stems of the verbs that answer for the one that is asked; none where nothing is asked to be done that the language knows of. */
function verbsAsked(message: string, { lexicon }: Facts): ReadonlySet<string> {
  const asked = new Set(contentStems(message, lexicon))
  const lines = lexicon.language.treatmentLines.map((line) => contentStems(line, lexicon))
  return new Set(lines.filter((verbs) => verbs.some((verb) => asked.has(verb))).flat())
}

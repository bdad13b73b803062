import type { Product } from '../../domain/product.ts'
import { asksWhat, isAsking } from '../../language/asking.ts'
import { countriesIn, isCountry } from '../../language/countries.ts'
import { lexiconOf } from '../../language/lexicon.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import type { Evidence } from '../../domain/answer.ts'
import { listingEvidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import { aboutOf } from '../lines/about.ts'
import type { Citations } from './writer.ts'
import { asSentence } from './writer.ts'

/** So likely a question or a line has to be about where something is from. */
const leastOfOrigin = 0.3
/** A sentence may name a country for much else. */
const leastOfSentence = 0.7

/** The field or sentence of a listing that says where a product is from; null where none does. */
export function originField(
  product: Product,
  lexicon: Lexicon,
): { line: Evidence; countries: ReadonlySet<string> } | null {
  for (const line of listingEvidence(product, lexicon)) {
    const isField = line.kind === 'attribute'
    const said = isField ? line.text.slice(line.text.indexOf(':') + 1) : line.text
    const countries = countriesIn(said, [lexicon.language.code, 'en'])
    const sureness = aboutOf(line.text, 'told', lexicon)?.get('origin') ?? 0
    if (countries.size > 0 && sureness >= (isField ? leastOfOrigin : leastOfSentence))
      return { line, countries }
  }
  return null
}

/** Whether a message asks whether something is from a country that it names. */
export function asksIfFrom(message: string, lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  return (
    isAsking(message, code) &&
    !asksWhat(message, code) &&
    countriesIn(message, [code]).size > 0 &&
    (aboutOf(message, 'asked', lexicon)?.get('origin') ?? 0) >= leastOfOrigin
  )
}

/** "Is it made in China?": yes or no, by the field that names the country; a sentence that does is quoted. Null where no country is asked for, or none is stated. */
export function originAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
  quote: (line: Evidence) => string,
): string[] | null {
  const spoken = lexiconOf(phrases.language.code)
  const asking = [lexicon, spoken].find((each) => asksIfFrom(question, each))
  const stated = asking === undefined ? null : originField(product, lexicon)
  if (asking === undefined || stated === null) return null
  const asked = countriesIn(question, [asking.language.code])
  const { line, countries } = stated
  const isSo = [...asked].some((country) => countries.has(country))
  // Whether China is in North America is nothing that a name tells, nor is where the parts of a thing are from.
  if (line.kind !== 'attribute' || (!isSo && ![...countries].every(isCountry))) return [quote(line)]
  const mark = citations.mark(line.source, line.text)
  const fact = `${line.text.charAt(0).toLowerCase()}${asSentence(line.text).slice(1, -1)}`
  return [phrases.say(isSo ? 'origin.is' : 'origin.not', { fact, mark })]
}

import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { asksWhat, countAsked } from '../../language/asking.ts'
import { lexiconOf } from '../../language/lexicon.ts'
import { turnKindOf } from '../../understand/turn-kind.ts'
import { dimensionNamed, dimensionsAsked, givesDimension } from '../dimensions.ts'
import { listingEvidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import { aboutOf } from '../lines/about.ts'
import { withoutMereRoots } from '../lines/terms.ts'

/** So sure have a question and a line to be about one thing where they share no words. */
const leastAbout = 0.5

/** Whether a question in another language than the listings is one for a price. */
export function asksPriceOtherwise(question: string, { lexicon, phrases: { language } }: Facts): boolean {
  return (
    language.code !== lexicon.language.code &&
    dimensionsAsked(question, lexiconOf(language.code)).length === 0 &&
    turnKindOf(question, language)?.kind === 'price'
  )
}

/**
 * The line of a listing that answers a question in another language than its own: the one that gives the measure that is asked for, or is about the
 * same. Null where the shopper speaks the listing's language, or none does.
 */
export function lineOtherwise(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
): Evidence | null {
  const { code } = phrases.language
  if (code === lexicon.language.code) return null
  const spoken = lexiconOf(code)
  const measures = dimensionsAsked(question, spoken)
  const abouts = [...(aboutOf(question, 'asked', spoken) ?? [])].toSorted((a, b) => b[1] - a[1])
  const [topic, sureness] = abouts[0] ?? ['', 0]
  // "Ist das für empfindliche Haut?" asks whether, which no word of another language tells.
  const isWhat = asksWhat(question, code)
  const dimensions = measures.flatMap(({ name }) => dimensionNamed(name, lexicon) ?? [])
  const isOfNumber = countAsked(question, code) !== null || (measures.length > 0 && isWhat)
  const [best] = withoutMereRoots(listingEvidence(product, lexicon), question, lexicon)
    .flatMap((line) => {
      const about =
        sureness < leastAbout || !isWhat ? 0 : (aboutOf(line.text, 'told', lexicon)?.get(topic) ?? 0)
      const gives = dimensions.some((each) => givesDimension(line.text, each, lexicon))
      const isMeasured = !isOfNumber || (dimensions.length > 0 ? gives : /\d/.test(line.text))
      return isMeasured && (about >= leastAbout || gives) ? [{ line, worth: about + +gives }] : []
    })
    .toSorted((a, b) => b.worth - a.worth || a.line.text.length - b.line.text.length)
  return best?.line ?? null
}

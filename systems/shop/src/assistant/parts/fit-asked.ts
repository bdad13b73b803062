import type { Understanding } from '../../domain/constraints.ts'
import type { Catalog, ProductSearch } from '../../domain/ports.ts'
import type { Product } from '../../domain/product.ts'
import { opensWith } from '../../language/asking.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { isKindOf } from '../../language/joined.ts'
import { askedIn } from '../asked.ts'
import { isAnsweredBy } from '../compose/extract.ts'
import { shelfHeads, titleHeads } from '../kind.ts'
import type { Mention } from '../plan/meant.ts'
import { asksWhether } from '../warns.ts'
import { contentStems } from '../words.ts'
import { goodsTitle, thingAmong } from './find-parts.ts'
import { fitOf } from './fit.ts'
import type { FitAsked, FoundFit } from './part-types.ts'
import { mayAskOfParts } from './parts-wanted.ts'

interface Sources {
  catalog: Catalog
  search: ProductSearch
  lexicon: Lexicon
  currency: string
}

/** So many of what was looked at before may be what "up there" points at. */
const lookedBack = 3
/** A listing that says so much of a name means that one; less, that it is of its kind. */
const byName = 1

/**
 * Which listing says whether one product goes with another, where a message asks whether something is so and names one of them ("does it fit the Tarn 500?",
 * "our lamp is the Rill, is that a problem?"). The other is named as well, or was looked at last, or before. What denies is told before what fits; that
 * something fits only where that is asked or nothing else answers. Null where it asks something else, or neither listing says so.
 */
export async function fitAsked(
  message: string,
  { intent, constraints, keptFrom }: Understanding,
  lookedAt: readonly Product[],
  mentions: readonly Mention[],
  sources: Sources,
): Promise<FitAsked | null> {
  const { lexicon, currency } = sources
  const [focus] = lookedAt
  const named = mentions.map(({ product }) => product)
  if (named.length === 0 || !mayAskOfParts.has(intent) || keptFrom.length > 0) return null
  if (constraints.some(({ kind }) => kind === 'unnamed' || kind === 'price')) return null
  const asked = askedIn(message, lexicon)
  if (!asksWhether(message, lexicon) || asked.includes('package') || asked.includes('included')) return null
  const said = lexemesOf(message, lexicon.language.code).map(({ word }) => lexicon.meaning(word))
  for (const [one, other] of pairsOf(named, lookedAt.slice(0, 1 + lookedBack), lexicon)) {
    const things = await Promise.all([thingAmong(one, sources), thingAmong(other, sources)])
    // "Does it fit the Max?" is not about the Kora 800 that was looked at.
    if (
      things.some(({ product, others }) => !named.includes(product) && said.some((word) => others.has(word)))
    )
      continue
    const found = (await Promise.all([readFit(one, other, sources), readFit(other, one, sources)]))
      .filter(({ fit }) => fit.line !== null)
      .toSorted((a, b) => +isDenied(b) - +isDenied(a) || b.fit.named - a.fit.named)
    const [best] = found
    if (best === undefined) continue
    const isAnswered = () => [one, other].some((product) => isAnsweredBy(message, product, currency, lexicon))
    const isNamed = best.fit.named >= byName
    const isOfFit = saysFit(message, lexicon)
    if (!isDenied(best) && !(isNamed && isOfFit) && !((isNamed || isOfFit) && !isAnswered())) continue
    const subject = [one, other].find(({ id }) => id === focus?.id) ?? one
    return { part: best.part.id, thing: best.thing.id, subject: subject.id }
  }
  return null
}

/** What the listing of one product says on whether it goes with another. */
export async function readFit(
  part: Product,
  thing: Product,
  sources: Pick<Sources, 'catalog' | 'search' | 'lexicon'>,
): Promise<FoundFit> {
  return { part, thing, fit: fitOf(part, await thingAmong(thing, sources), sources.lexicon) }
}

const isDenied = ({ fit }: FoundFit): boolean => fit.verdict === 'denied'

/** Two that may go together: those that are named, else each of them with what was looked at. */
function pairsOf(
  named: readonly Product[],
  lookedAt: readonly Product[],
  lexicon: Lexicon,
): (readonly [Product, Product])[] {
  const apart = (one: Product, other: Product) =>
    one.id !== other.id && !areAlike(one, other, lexicon) ? [[one, other] as const] : []
  const among = named.flatMap((one, at) => named.slice(at + 1).flatMap((other) => apart(one, other)))
  return among.length > 0 ? among : lookedAt.flatMap((other) => named.flatMap((one) => apart(one, other)))
}

/** Two of one kind are held against each other, not put together. */
function areAlike(one: Product, other: Product, lexicon: Lexicon): boolean {
  const nouns = nounsOf(other, lexicon)
  if (nounsOf(one, lexicon).some((noun) => nouns.includes(noun))) return true
  const shelf = one.categories.at(-1)
  const goods = ({ title }: Product) => contentStems(goodsTitle(title, lexicon), lexicon)
  const brands = new Set(contentStems(`${one.brand ?? ''} ${other.brand ?? ''}`, lexicon))
  const called = new Set(goods(other).filter((stem) => !brands.has(stem)))
  return (
    shelf !== undefined && shelf === other.categories.at(-1) && goods(one).some((stem) => called.has(stem))
  )
}

/** What a title calls a product, by its shelf where that says so: "Pip Bunk Bed, Twin" is no twin. */
function nounsOf(product: Product, lexicon: Lexicon): string[] {
  const heads = [...titleHeads(product, lexicon)]
  const shelves = product.categories.flatMap((name) => shelfHeads(name, lexicon))
  const ofShelf = heads.filter((head) =>
    shelves.some((shelf) => isKindOf(head, shelf, lexicon.language.code)),
  )
  return ofShelf.length > 0 ? ofShelf : heads
}

/** Whether a message says that something is to fit. */
function saysFit(message: string, { language }: Lexicon): boolean {
  const words = lexemesOf(message, language.code).map(({ word }) => word)
  return words.some((_, at) => opensWith(words.slice(at), [['fits', 'for-it']], language.code) > 0)
}

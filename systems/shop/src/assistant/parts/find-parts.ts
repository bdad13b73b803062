import type { Catalog, ProductSearch } from '../../domain/ports.ts'
import type { Product } from '../../domain/product.ts'
import { fold } from '../../language/fold.ts'
import { grammarOf } from '../../language/grammar.ts'
import { isKindOf } from '../../language/joined.ts'
import { joinedNouns } from '../../language/languages.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { saysSpare, titleHeads } from '../kind.ts'
import { productsMeant } from '../plan/meant.ts'
import { listingStems } from '../wishes.ts'
import { measureAllowed, measuresOfThing } from '../whose-measure.ts'
import { contentStems } from '../words.ts'
import { deniedOf, fitOf, saysOfName, thingOf } from './fit.ts'
import type { Thing } from './fit.ts'
import type { Fit, FoundParts, PartAsked } from './part-types.ts'

interface Sources {
  catalog: Catalog
  search: ProductSearch
  lexicon: Lexicon
}

/** How well a product is what a word names: its title calls it so; its title holds the word; its listing does. */
type Match = 0 | 1 | 2 | 3

/** Best matches that are looked at, of each search. */
const lookedAt = 24
/** Shorter words stand within others by chance. */
const shortestWithin = 4

/** The first of some parts that a store lists, for a thing that is named or in sight. Null where it lists none. */
export async function findParts(
  asked: readonly PartAsked[],
  inSight: readonly Product[],
  sources: Sources,
): Promise<FoundParts | null> {
  for (const one of asked) {
    const found = await findPart(one, inSight, sources)
    if (found !== null) return found
  }
  return null
}

async function findPart(
  asked: PartAsked,
  inSight: readonly Product[],
  sources: Sources,
): Promise<FoundParts | null> {
  const { lexicon } = sources
  const things = await thingsOf(asked, inSight, sources)
  const [first] = things
  if (first === undefined) return null
  const text = asked.names.join(' ')
  const pool = await poolOf([text, ...things.flatMap(({ title }) => [title, `${text} ${title}`])], sources)
  const known = things.map((thing) => thingOf(thing, [...pool, ...inSight], lexicon))
  for (const name of asked.names) {
    const found = known.map((thing) => partsCalled(name, thing, asked, pool, lexicon))
    // What one of those in sight is named by is for that one, whichever is looked at.
    const told = found.find((one) => one !== null && one.parts.some(({ fit }) => fit.verdict === 'fits'))
    const best = told ?? found.find((one) => one !== null)
    if (best) return best
  }
  return null
}

/** A thing told from what a search finds by its title. */
export const thingAmong = async (product: Product, sources: Sources): Promise<Thing> =>
  thingOf(product, await poolOf([product.title], sources), sources.lexicon)

/** What a part may be for: what the message says behind "for", else what it names before, else what is in sight. */
async function thingsOf(
  { named, before, names }: PartAsked,
  inSight: readonly Product[],
  sources: Sources,
): Promise<readonly Product[]> {
  const isPart = (product: Product) => names.some((name) => matchOf(name, product, sources.lexicon) === 3)
  if (named !== null) {
    const called = await calledIn(named, inSight, isPart, sources)
    if (called !== null) return [called]
    // "For my old lamp", beside a lamp; "for my sister" is for none of what is in sight.
    return inSight.filter((product) => callsKind(named, product, sources.lexicon)).slice(0, mostThings)
  }
  const called = before === '' ? null : await calledIn(before, inSight, isPart, sources)
  return called === null ? inSight.slice(0, mostThings) : [called]
}

/** The product that a text calls: one in sight, or by the noun of its kind or two words of its name, but no part that is asked for. */
async function calledIn(
  text: string,
  inSight: readonly Product[],
  isPart: (product: Product) => boolean,
  sources: Sources,
): Promise<Product | null> {
  const { lexicon } = sources
  const about = { seen: inSight, about: '', saysIt: false, without: [] }
  const mentions = await productsMeant(text, about, sources)
  const mention = mentions.find(
    ({ product, isSeen }) =>
      !isPart(product) &&
      (isSeen ||
        callsKind(text, product, lexicon) ||
        saysOfName(text, thingOf(product, [], lexicon), lexicon) >= leastNamed),
  )
  return mention?.product ?? (await calledByName(text, sources))
}

/** Whether a text holds a noun that a product is called by. */
const callsKind = (text: string, product: Product, lexicon: Lexicon): boolean =>
  lexemesOf(text, lexicon.language.code).some(
    ({ kind, word }) => kind === 'word' && matchOf(word, product, lexicon) === 3,
  )

/** The one product whose name a text says two words of, whatever spare parts are named after it; null where there is none, or several. */
async function calledByName(text: string, sources: Sources): Promise<Product | null> {
  const { lexicon } = sources
  const [best, next] = (await poolOf([text], sources))
    .filter(({ title }) => !saysSpare(title, lexicon))
    .map((product) => {
      const named = { ...product, title: goodsTitle(product.title, lexicon) }
      return { product, said: saysOfName(text, thingOf(named, [], lexicon), lexicon) }
    })
    .toSorted((a, b) => b.said - a.said)
  return best !== undefined && best.said >= leastNamed && best.said > (next?.said ?? 0) ? best.product : null
}

/** Words of a name that call a thing in the midst of others. */
const leastNamed = 2

/** So many of those in sight may be meant. */
const mostThings = 4

async function poolOf(texts: readonly string[], { catalog, search }: Sources): Promise<Product[]> {
  const results = await Promise.all(
    [...new Set(texts)].map((text) =>
      search.search({ text, constraints: [], sort: 'relevance', limit: lookedAt, offset: 0 }),
    ),
  )
  const ids = new Set(results.flatMap(({ hits }) => hits.map(({ productId }) => productId)))
  return catalog.products([...ids])
}

/** The products of a pool that a word names, for a thing. Null where there are none, or nothing says enough that they are meant. */
function partsCalled(
  name: string,
  thing: Thing,
  { names, isForThing }: PartAsked,
  pool: readonly Product[],
  lexicon: Lexicon,
): FoundParts | null {
  // Who asks for another of what is in sight asks for no part of it.
  if (matchOf(name, thing.product, lexicon) === 3) return null
  const all = pool.flatMap((product) => {
    if (product.id === thing.product.id || product.title === thing.product.title) return []
    const match = matchOf(name, product, lexicon)
    if (match === 0) return []
    const fit = measuredFit(product, thing, lexicon) ?? fitOf(product, thing, lexicon)
    // A listing that only speaks of it somewhere has to be for the thing by its title.
    const isOne = match > 1 || (fit.verdict === 'fits' && isNamedInTitle(product, thing, lexicon))
    return isOne ? { product, match, fit } : []
  })
  const best = Math.max(0, ...all.map(({ match }) => match))
  const ofKind = all.filter(({ match }) => match === best)
  const isTold = ofKind.some(({ fit }) => fit.verdict !== 'unsaid')
  const isSpare = ofKind.some(({ product }) => saysSpare(product.title, lexicon))
  if (ofKind.length === 0 || !(isTold || (best === 3 && (isForThing || isSpare)))) return null
  const others = contentStems(names.join(' '), lexicon)
  const said = (product: Product) => {
    const held = listingStems(product, lexicon)
    return others.filter((stem) => held.has(stem)).length
  }
  const shared = sharedWith(
    thing.product,
    ofKind.map(({ product }) => product),
    lexicon,
  )
  const parts = ofKind
    .filter(({ fit }) => fit.verdict !== 'denied')
    .toSorted(
      (a, b) =>
        b.fit.named - a.fit.named ||
        shared(b.product) - shared(a.product) ||
        said(b.product) - said(a.product),
    )
  const fitting = parts.filter(({ fit }) => fit.verdict === 'fits')
  return {
    name,
    thing: thing.product,
    parts: fitting.length > 0 ? fitting : parts,
    denied: ofKind.filter(({ fit }) => fit.verdict === 'denied'),
    warning: deniedOf(name, thing.product, lexicon),
  }
}

/** How well a word names a product. A compound names what its own last part does where it only says that it is a spare one: "Ersatzschlauch". */
function matchOf(name: string, product: Product, lexicon: Lexicon): Match {
  const { code } = lexicon.language
  const word = lexicon.meaning(name)
  const heads = titleHeads(product, lexicon)
  const isCalled = [...heads].some(
    (head) => isKindOf(head, word, code) || (saysSpare(name, lexicon) && isKindOf(word, head, code)),
  )
  if (isCalled) return 3
  const goods = contentStems(goodsTitle(product.title, lexicon), lexicon)
  if (goods.some((stem) => isKindOf(stem, word, code))) return 2
  if (listingStems(product, lexicon).has(word)) return 1
  const isWithin =
    joinedNouns[code] !== undefined &&
    word.length >= shortestWithin &&
    goods.some((stem) => stem.includes(word))
  return isWithin ? 1 : 0
}

/** A title up to what it says to be for or with. */
export function goodsTitle(title: string, lexicon: Lexicon): string {
  const grammar = grammarOf(lexicon.language.code)
  const ends = new Set([...grammar.for, ...grammar.with].map((phrase) => fold(phrase)))
  const words = lexemesOf(title, lexicon.language.code)
  const end = words.findIndex(({ word }, at) => at > 0 && ends.has(word))
  return end === -1 ? title : title.slice(0, words[end]?.start)
}

/** "For urns up to 5 l", of one of 8 l: by what a listing says that it is for. Null where it says nothing of that. */
function measuredFit(part: Product, { product }: Thing, lexicon: Lexicon): Fit | null {
  const [first, ...more] = measuresOfThing(product.title, lexicon).flatMap(
    (measure) => measureAllowed(part, measure, lexicon) ?? [],
  )
  if (first === undefined) return null
  const unkept = [first, ...more].find(({ isKept }) => !isKept)
  return { verdict: unkept ? 'denied' : 'fits', named: unkept ? 0 : 1, line: (unkept ?? first).line }
}

const isNamedInTitle = (part: Product, thing: Thing, lexicon: Lexicon): boolean =>
  contentStems(part.title, lexicon).some((stem) => thing.names.has(stem))

/** How much that tells some products' titles apart the listing of a thing says as well: its size, its valve. */
function sharedWith(
  thing: Product,
  products: readonly Product[],
  lexicon: Lexicon,
): (product: Product) => number {
  const held = listingStems(thing, lexicon)
  const titles = new Map(products.map((one) => [one, new Set(contentStems(one.title, lexicon))]))
  const telling = (stem: string) => ![...titles.values()].every((stems) => stems.has(stem))
  return (product) =>
    [...(titles.get(product) ?? [])].filter((stem) => telling(stem) && held.has(stem)).length
}

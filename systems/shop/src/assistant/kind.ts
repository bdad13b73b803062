import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'
import { holdsKindOf } from '../language/joined.ts'
import { nounFirst } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { headOf as nounOf, shelfNouns, titleNouns, titleSegments } from '../language/nouns.ts'
import { qualitiesOf } from '../understand/nouns.ts'
import { talkWords } from '../understand/turn-kind.ts'
import { callsItself } from './calls-itself.ts'
import { listingStems } from './wishes.ts'
import { contentStems, meaningOf } from './words.ts'

/** How far a product is of a kind, 0–4. */
export type KindTier = 0 | 1 | 2 | 3 | 4

/**
 * How far a product is of the kind that was asked for. The last word of a kind names the thing ("boots" of "football boots"): without
 * it in title or shelf 0. On the shelf of that name counts more than in the title, where it may be what the thing goes with ("desk
 * lamp"); a shelf of table lamps is none of tables. Then, whether title, shelves or what is stated hold all the words. `isOfKind`: the
 * search says that goods like it are called so, wherever their titles say it ("toner cartridge original black").
 */
export function kindTier(product: Product, type: string, lexicon: Lexicon, isOfKind = false): KindTier {
  const wanted = stemsOf(type, lexicon)
  const head = headOf(wanted, lexicon)
  if (head === undefined) return 0
  const shelves = new Set(stemsOf(product.categories.join(' '), lexicon))
  const title = new Set(stemsOf(product.title, lexicon))
  const shelfNames = product.categories.map((name) => shelfHeads(name, lexicon))
  const named = titleHeads(product, lexicon)
  // A washcloth on the shelf of "towels & washcloths" says itself which of the two it is.
  const { code } = lexicon.language
  // A "Kinderfiets" is a fiets.
  const isIn = (words: Iterable<string>) => holdsKindOf(words, head, code)
  const isOther =
    !isIn(title) &&
    shelfNames.some((own) => own.length > 1 && own.some((other) => holdsKindOf(named, other, code)))
  const isOnShelf =
    !isOther &&
    shelfNames.some(
      (own, at) =>
        isIn(own) &&
        // "Coffee & tea" holds tea, but what stands on its shelf of coffee beans is none.
        (own.length === 1 ||
          isIn(title) ||
          at === product.categories.length - 1 ||
          stemsOf(product.categories.slice(at + 1).join(' '), lexicon).some((word) => word === head)),
    )
  if (!isIn(shelves) && !isIn(title)) return tellsItself(product, head, lexicon) ? leastTold : 0
  const stated = new Set(
    stemsOf(
      [
        ...Object.values(product.attributes).flat(),
        ...product.variants.flatMap((variant) => Object.values(variant.options)),
      ].join(' '),
      lexicon,
    ),
  )
  const isWhole = wanted.every(
    (word) =>
      title.has(word) ||
      shelves.has(word) ||
      stated.has(word) ||
      (word === head && (isIn(title) || isIn(shelves))),
  )
  // A "Kessel-Handgriff" on the shelf of kettles calls itself by what stands behind.
  if (isOnShelf) return isWhole && !isLed(product.title, head, lexicon) ? 4 : 3
  // "Orbit Wall Lamp" ends in what it is: no less a wall lamp than any lamp on the shelf of lamps.
  const isNamedSo =
    (isOfKind &&
      !isOther &&
      !isSaidFor(product.title, head, lexicon) &&
      !standsBefore(head, product, stated, lexicon)) ||
    isIn(named)
  return isWhole ? (isNamedSo ? 4 : 2) : isNamedSo ? 3 : 1
}

/**
 * Whether a noun only stands before what a title calls its product, however many of its kind have the noun in theirs: "Sofa Cover". What
 * the product states behind the noun says what it is like: "Toner Cartridge Original Black".
 */
function standsBefore(
  head: string,
  product: Product,
  stated: ReadonlySet<string>,
  lexicon: Lexicon,
): boolean {
  if (nounFirst.has(lexicon.language.code)) return false
  const isQuality = qualitiesOf(product, lexicon)
  const isOther = ({ word, kind }: Lexeme): boolean =>
    kind === 'word' &&
    /^\p{L}{3,}$/u.test(word) &&
    !stated.has(glued(meaningOf(word, lexicon))) &&
    !isQuality(word)
  const said = titleSegments(product.title).flatMap((segment) => {
    const all = lexemesOf(segment)
    return all.flatMap(({ word }, at) => (glued(meaningOf(word, lexicon)) === head ? [all[at + 1]] : []))
  })
  return (
    said.length > 0 &&
    said.every((next) => next !== undefined && !lexicon.isFunctionWord(next.word) && isOther(next))
  )
}

/** Whether a title says a noun only right before a hyphen and another word. */
function isLed(title: string, head: string, lexicon: Lexicon): boolean {
  if (nounFirst.has(lexicon.language.code)) return false
  const all = lexemesOf(title)
  const said = all.flatMap(({ word }, at) => (glued(meaningOf(word, lexicon)) === head ? [all[at + 1]] : []))
  return said.length > 0 && said.every((next) => next?.hyphenated === true)
}

/**
 * Whether a product's title calls it something else than a noun, and what it states calls it so too: a tray on the shelf of pots and
 * planters.
 */
function isCalledOtherwise(product: Product, head: string, lexicon: Lexicon): boolean {
  const heads = titleHeads(product, lexicon)
  if (heads.has(head)) return false
  return Object.values(product.attributes)
    .flat()
    .some((value) => heads.has(headOf(stemsOf(value, lexicon), lexicon) ?? ''))
}

const headOf = (stems: readonly string[], { language }: Lexicon): string | undefined =>
  nounOf(stems, language)

/** Whether a text speaks of a spare part or a refill. Words that end in "…" begin others. */
export function saysSpare(text: string, { language }: Lexicon): boolean {
  const words = lexemesOf(text).map(({ word }) => word)
  return grammarOf(language.code).spare.some((said) => {
    const begins = said.endsWith('…')
    const spare = fold(begins ? said.slice(0, -1) : said)
    return words.some((word) => (begins ? word.startsWith(spare) : word === spare))
  })
}

/**
 * Whether a title says that it is a spare part or a refill, and calls it otherwise than by a noun: "Replacement Lid for Pots" is no pot.
 */
export function isSpareOf(product: Product, head: string, lexicon: Lexicon): boolean {
  return (
    saysSpare(product.title, lexicon) &&
    !holdsKindOf(titleHeads(product, lexicon), head, lexicon.language.code)
  )
}

/** A "one-piece" is a onepiece. */
const glued = (stem: string): string => stem.replaceAll('-', '')

/** The words of a text that say something, by their meanings, written in one. */
const stemsOf = (text: string, lexicon: Lexicon): string[] => contentStems(text, lexicon).map(glued)

const meaningsOf = (nouns: Iterable<string>, lexicon: Lexicon): string[] =>
  [...nouns].map((noun) => glued(meaningOf(noun, lexicon)))

const heads = new WeakMap<Product, { lexicon: Lexicon; nouns: Set<string> }>()

export function titleHeads(product: Product, lexicon: Lexicon): Set<string> {
  const known = heads.get(product)
  if (known?.lexicon === lexicon) return known.nouns
  const said = titleNouns(product.title, product.brand, lexicon.language, qualitiesOf(product, lexicon))
  const nouns = new Set(meaningsOf(said, lexicon))
  heads.set(product, { lexicon, nouns })
  return nouns
}

/** What stands on a shelf: the nouns of its name. */
export const shelfHeads = (name: string, lexicon: Lexicon): string[] =>
  meaningsOf(shelfNouns(name, lexicon.language), lexicon)

/** Whether a product's title calls it so. */
export const isCalled = (product: Product, word: string, lexicon: Lexicon): boolean => {
  const [stem] = stemsOf(word, lexicon)
  return stem !== undefined && titleHeads(product, lexicon).has(stem)
}

/** What a product is called: the nouns of its title and of its shelves. */
const nounsOf = (product: Product, lexicon: Lexicon): Set<string> =>
  new Set([
    ...titleHeads(product, lexicon),
    ...product.categories.flatMap((name) => shelfHeads(name, lexicon)),
  ])

/**
 * The word of a message that most of these products are called by: `case` of "my mom's iphone 6 needs a case". Null where they are
 * called by none of its words.
 */
export function calledIn(message: string, products: readonly Product[], lexicon: Lexicon): string | null {
  const nouns = products.map((product) => nounsOf(product, lexicon))
  const words = lexemesOf(message).filter(
    ({ kind, word }) => kind === 'word' && !lexicon.isFunctionWord(word),
  )
  const counted = words.map(({ word }) => {
    const [stem] = stemsOf(word, lexicon)
    return { word, count: stem === undefined ? 0 : nouns.filter((own) => own.has(stem)).length }
  })
  const [best] = counted.toSorted((a, b) => b.count - a.count)
  return best !== undefined && best.count * 2 > products.length ? best.word : null
}

/** Whether at least two products are called by one of these words. */
export function isCalledAny(
  stems: readonly string[],
  products: readonly Product[],
  lexicon: Lexicon,
): boolean {
  const talk = talkWords(lexicon.language)
  const nouns = products.map((product) => nounsOf(product, lexicon))
  return stems.some((stem) => !talk.has(stem) && nouns.filter((own) => own.has(stem)).length >= leastNamed)
}

/** What a store sells, more titles than these name. */
const mostMentions = 10
/** Shorter words stand within others by chance. */
const shortestGlued = 6
/** At least this many letters make a word of a title the name of a thing. */
const shortestThing = 3

/** Whether a title says that it is for a noun: "for select laptops". */
function isSaidFor(title: string, head: string, lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  const words = lexemesOf(title, code)
  const purpose = new Set(grammarOf(code).for.map((word) => fold(word)))
  const at = words.findIndex(({ word }) => purpose.has(word))
  return at !== -1 && words.slice(at + 1).some(({ word }) => lexicon.meaning(word) === head)
}

/**
 * The noun of a kind that none of these products is, though they name it: of laptops, where all that is found are adapters "for select
 * laptops" and "laptop sleeves". Null where one of them is called so by its title, a shelf or a value that it states, or where a title
 * may only say after the noun what it is like ("Trainers Women Black"). So is one that only descriptions name, for other things, and one that no listing of
 * these knows at all: they were found by other words. `isSure`: half of the titles that name it say that they are for it.
 */
export function merelyMentioned(
  products: readonly Product[],
  type: string,
  isQuality: (stem: string) => boolean,
  lexicon: Lexicon,
): { word: string; isNamed: boolean; isSure: boolean } | null {
  const stems = stemsOf(type, lexicon)
  const head = headOf(stems, lexicon)
  const said = lexemesOf(type).filter(({ kind, word }) => kind === 'word' && !lexicon.isFunctionWord(word))
  const word = (nounFirst.has(lexicon.language.code) ? said[0] : said.at(-1))?.word
  if (head === undefined || word === undefined || word.length < shortestThing || products.length === 0)
    return null
  let mentions = 0
  let served = 0
  let endless = 0
  for (const product of products) {
    const shelves = product.categories.flatMap((name) => shelfHeads(name, lexicon))
    // A Schirmständer is a Ständer.
    if (holdsKindOf([...shelves, ...titleHeads(product, lexicon)], head, lexicon.language.code)) return null
    const values = [
      ...Object.values(product.attributes).flat(),
      ...product.variants.flatMap(({ options }) => Object.values(options)),
    ]
    if (values.some((value) => headOf(stemsOf(value, lexicon), lexicon) === head)) return null
    const title = stemsOf(product.title, lexicon)
    // "Aloevera" is aloe vera.
    const at = title.indexOf(head)
    // A Regenhose is a Hose, wherever its title says it.
    if (at === -1 && holdsKindOf(title, head, lexicon.language.code)) return null
    const glued = product.title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
    if (at === -1 && word.length >= shortestGlued && glued.includes(word)) return null
    if (at === -1) continue
    mentions++
    if (isSaidFor(product.title, head, lexicon)) served++
    if (longestPhrase(product.title, lexicon) > mostInPhrase) endless++
    const next = title[at + (nounFirst.has(lexicon.language.code) ? -1 : 1)]
    if (next !== undefined && isQuality(next)) return null
  }
  // Strings of words without a stop may call it so anywhere.
  if (endless * 2 > mentions) return null
  // "Lego Classic Bricks" may be what is called so; "for laptops" says itself that it is none.
  if (mentions > 0)
    return mentions <= mostMentions ? { word, isNamed: true, isSure: served * 2 >= mentions } : null
  const others = substitutesOf(word, lexicon)
  const isMeant = (stem: string) => stem === head || others.includes(stem)
  if (talkWords(lexicon.language).has(word)) return null
  const speaking = products.filter((product) => [...listingStems(product, lexicon)].some(isMeant))
  if (speaking.length === 0) return { word, isNamed: false, isSure: true }
  // A spray "before the dryer" is none, where no title, shelf or value calls anything so, and no description its product.
  const isSaidSo = (product: Product): boolean =>
    tellsItself(product, head, lexicon) || callsItself(product, word, lexicon)
  const isOther = speaking.some((product) => !listingStems(product, lexicon).has(head))
  return isOther || products.some(isSaidSo) ? null : { word, isNamed: true, isSure: true }
}

/** The meanings of words that a word may be said for, by the store's synonyms and the language's: flatware, of cutlery. */
export const substitutesOf = (word: string, { stem, synonyms }: Lexicon): string[] =>
  synonyms
    .substitutes([stem(word)])
    .flatMap(({ stems: [only, ...more] }) =>
      only === undefined || more.length > 0 ? [] : synonyms.meaning(only),
    )

/** A phrase of more words of content than these is no phrase: which of them is the noun cannot be told. */
const mostInPhrase = 8

const longestPhrase = (title: string, lexicon: Lexicon): number =>
  Math.max(...titleSegments(title).map((segment) => stemsOf(segment, lexicon).length))

/** Fewer products that are called by a word are no kind of goods. */
const leastCalled = 2

/**
 * Whether words name a kind of goods: most of what they find, and holds all of them, is called by the last of them (in some languages the first), in title or
 * shelf. "Travel size" finds creams whose titles end otherwise; what stands on many shelves ("mini") is no kind either.
 */
export function nameGoods(
  said: string,
  found: readonly Product[],
  lexicon: Lexicon,
  isOfKind: (product: Product) => boolean = () => false,
): boolean {
  const stems = stemsOf(said, lexicon)
  const head = headOf(stems, lexicon)
  if (head === undefined) return false
  const holding = found.filter((product) => {
    const held = new Set(stemsOf(`${product.title} ${product.categories.join(' ')}`, lexicon))
    return stems.every((stem) => held.has(stem))
  })
  const judged = holding.length < leastCalled ? found : holding
  const called = judged.filter(
    (product) =>
      isOfKind(product) ||
      [phraseOf(product.title), ...product.categories].some((name) =>
        shelfHeads(name, lexicon).includes(head),
      ),
  )
  if (called.length < Math.min(leastCalled, judged.length) || called.length * 2 < judged.length) return false
  const shelves = called.map(({ categories }) => categories.at(-1) ?? '')
  const largest = Math.max(...shelves.map((shelf) => shelves.filter((each) => each === shelf).length))
  return largest * 2 >= called.length
}

/** A title up to where its name ends: at a comma, a bracket, a number, or what is written in capitals alone ("SPF"). */
function phraseOf(title: string): string {
  const end = /[,;:()[\]–—]|\s-\s|\d/.exec(title)?.index ?? title.length
  const capitals = title === title.toUpperCase() ? -1 : title.slice(0, end).search(/\s\p{Lu}{2,}\s*$/u)
  return title.slice(0, capitals > 0 ? capitals : end)
}

const tellers = new WeakMap<Product, { lexicon: Lexicon; nouns: Set<string> }>()

/**
 * Whether a description begins by saying that its product is one: "A cooperative game for two", "Un jeu d'enquête", "Botte homme". Only the noun that
 * ends the first phrase counts, so that "A case for laptops" is no laptop.
 */
function tellsItself(product: Product, head: string, lexicon: Lexicon): boolean {
  const known = tellers.get(product)
  if (known?.lexicon === lexicon) return holdsKindOf(known.nouns, head, lexicon.language.code)
  const { code } = lexicon.language
  const grammar = grammarOf(code)
  const articles = new Set(grammar.article.map((word) => fold(word)))
  const definite = new Set(grammar.the.map((word) => fold(word)))
  const behind = new Set(
    (['for', 'with', 'without', 'in', 'from', 'made-of', 'and', 'or', 'asks', 'which'] as const).flatMap(
      (role) => grammar[role].map((word) => fold(word)),
    ),
  )
  const said = lexemesOf(product.description.slice(0, openingLength), code)
  const nouns = new Set<string>()
  said.forEach(({ word, breakBefore }, at) => {
    const isOpening = at === 0 && !articles.has(word)
    if (!isOpening && (!articles.has(word) || (at > 0 && !breakBefore))) return
    // "The cover is washed at 30 degrees" tells of a part.
    if (at > 0 && definite.has(word)) return
    const phrase: string[] = []
    for (const next of said.slice(isOpening ? 0 : at + 1)) {
      if (next.kind !== 'word' || (next.breakBefore && next !== said[0]) || lexicon.isFunctionWord(next.word))
        break
      phrase.push(next.word)
    }
    const next = said[(isOpening ? at : at + 1) + phrase.length]
    // "A lid is included" tells of a part.
    if (at > 0 && next !== undefined && !next.breakBefore && !behind.has(next.word)) return
    const noun = nounOf(phrase, lexicon.language)
    if (noun !== undefined) nouns.add(glued(meaningOf(noun, lexicon)))
  })
  tellers.set(product, { lexicon, nouns })
  return holdsKindOf(nouns, head, code)
}

/**
 * Whether a product is of a kind though its title does not say so: its description begins by saying that it is one, or it states what
 * one that is called so states of itself by the same name ("Product: Rackets").
 */
export function isToldSo(
  product: Product,
  type: string,
  called: readonly Product[],
  lexicon: Lexicon,
): boolean {
  const wanted = stemsOf(type, lexicon)
  const head = headOf(wanted, lexicon)
  if (head === undefined) return false
  if (tellsItself(product, head, lexicon)) return true
  const isKind = (value: string): boolean => {
    const stems = stemsOf(value, lexicon)
    return stems.includes(head) && stems.every((stem) => wanted.includes(stem))
  }
  return Object.entries(product.attributes).some(([name, values]) =>
    values.some(
      (value) => isKind(value) && called.some((one) => one.attributes[name]?.includes(value) === true),
    ),
  )
}

/** What a description says of its product, it says first. */
const openingLength = 400

/** Less than this says only that a title holds the noun, maybe for another thing. */
export const leastTold: KindTier = 2

/**
 * Those of some goods that are of a kind under another noun: at least two that their titles call by it point at themselves by the noun of the
 * kind ("covers", of which two say "this sleeve").
 */
function alsoCalled<Item>(
  items: readonly Item[],
  productOf: (item: Item) => Product,
  type: string,
  lexicon: Lexicon,
): Item[] {
  const [noun] = lexemesOf(type)
    .map(({ word }) => word)
    .filter((word) => glued(meaningOf(word, lexicon)) === headOf(stemsOf(type, lexicon), lexicon))
  if (noun === undefined) return []
  const counts = new Map<string, number>()
  for (const product of items.map(productOf))
    if (callsItself(product, noun, lexicon, { isSure: true }))
      for (const head of titleHeads(product, lexicon)) counts.set(head, (counts.get(head) ?? 0) + 1)
  const isOther = (product: Product) =>
    [...titleHeads(product, lexicon)].some((head) => (counts.get(head) ?? 0) >= leastAlso)
  return items.filter((item) => isOther(productOf(item)))
}

/** One that calls itself so may be a slip. */
const leastAlso = 2

/** So few that are called by a noun may be a whim of their titles. */
const fewCalled = 3
/** How many times as many have to say so of themselves. */
const mostlyTold = 3

/** Fewer that are called by the noun of a kind do not say that its shelf is of such things. */
const leastNamed = 2

/**
 * Those that are most of the kind; all of them, where none is. Where several are called so, what stands on their shelf and calls itself
 * something else is none of them.
 */
export function mostOfKind<Item>(
  items: readonly Item[],
  productOf: (item: Item) => Product,
  type: string | null,
  lexicon: Lexicon,
  isOfKind: (item: Item) => boolean = () => false,
): { items: Item[]; tier: KindTier } {
  if (type === null) return { items: [...items], tier: 0 }
  const tiers = items.map((item) => kindTier(productOf(item), type, lexicon, isOfKind(item)))
  const tier = tiers.reduce((best, each) => (each > best ? each : best), 0 as KindTier)
  if (tier < leastTold) return { items: [...items], tier }
  const most = items.filter((_, at) => tiers[at] === tier)
  const head = headOf(stemsOf(type, lexicon), lexicon) ?? ''
  const telling = items.filter(
    (item, at) => tiers[at] === leastTold && tellsItself(productOf(item), head, lexicon),
  )
  // What is called so nowhere but in some descriptions may be what the others are as well.
  if (tier === leastTold && telling.length === most.length)
    return { items: [...most, ...items.filter((item) => !most.includes(item))], tier }
  // Two that have the word in their titles are not all the games, where a dozen others say that they are some.
  if (tier > leastTold && most.length <= fewCalled && telling.length >= most.length * mostlyTold)
    return { items: items.filter((_, at) => (tiers[at] ?? 0) >= leastTold), tier }
  // After those that are called so what is so in other words: "this sleeve fits …", of covers.
  const withOthers = (called: Item[]) => {
    const rest = tier > leastTold ? items.filter((item) => !called.includes(item)) : []
    return { items: [...called, ...alsoCalled(rest, productOf, type, lexicon)], tier }
  }
  // Who asks for a pot wants no lid for one, where there is a pot.
  const whole = most.filter((item) => !isSpareOf(productOf(item), head, lexicon))
  if (whole.length > 0 && whole.length < most.length)
    return mostOfKind(
      items.filter((item) => !most.includes(item) || whole.includes(item)),
      productOf,
      type,
      lexicon,
      isOfKind,
    )
  const named = most.filter((item) => titleHeads(productOf(item), lexicon).has(head))
  const shelf = most.length < leastNamed ? most.map(productOf)[0]?.categories.at(-1) : undefined
  // One alone that its title calls so: what else on its shelf has the noun in its title is of the kind as well.
  if (shelf !== undefined)
    return withOthers(
      items.filter(
        (item, at) =>
          tiers[at] === tier ||
          ((tiers[at] ?? 0) >= leastTold &&
            productOf(item).categories.at(-1) === shelf &&
            holdsKindOf(stemsOf(productOf(item).title, lexicon), head, lexicon.language.code)),
      ),
    )
  if (named.length < leastNamed) return withOthers(most)
  const isOther = (item: Item) => !isOfKind(item) && isCalledOtherwise(productOf(item), head, lexicon)
  // "Punte trapano" on a shelf of its own, beside what is called a drill: where nouns stand first, what stands behind one only says what it is for.
  const shelves = new Set(named.map((item) => productOf(item).categories.at(-1)))
  const isElsewhere = (item: Item): boolean => {
    const { categories } = productOf(item)
    const own = categories.at(-1)
    return (
      nounFirst.has(lexicon.language.code) &&
      own !== undefined &&
      !shelves.has(own) &&
      !named.includes(item) &&
      !categories.some((name) => shelfHeads(name, lexicon).includes(head))
    )
  }
  return withOthers(most.filter((item) => !isOther(item) && !isElsewhere(item)))
}

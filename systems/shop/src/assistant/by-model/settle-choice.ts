import type { Evidence } from '../../domain/answer.ts'
import type { Constraint } from '../../domain/constraints.ts'
import { isPriced } from '../../domain/money.ts'
import type { Product } from '../../domain/product.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { statesNone } from '../../language/mentions.ts'
import { variantsKeeping } from '../../search/leave-out-named.ts'
import { cardOf, isInStock, shownVariant } from '../cards.ts'
import { compareProducts, heading } from '../compare.ts'
import { excerpt } from '../compose/writer.ts'
import { makeEvidence, sectionEvidence } from '../evidence.ts'
import { statedAmong } from '../free-of.ts'
import { comparedVariants, namedVariants, variantsCompared } from '../named-variants.ts'
import type { NamedVariants } from '../named-variants.ts'
import { emptySearch } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { exactFirst, exactly } from '../lead.ts'
import type { LookedUp } from '../look-up.ts'
import { ownSearch } from '../plan/effective-search.ts'
import type { Plan } from '../plan/plan.ts'
import { addSubjects } from '../step-reads.ts'
import { contentStems } from '../words.ts'
import { isMust } from './candidates.ts'
import { rowLines, variantsTold } from './row-lines.ts'
import type { Choice } from './choice.ts'

/** What a choice settles: which goods meet a wish, what answers a question about some, or which are compared. */
export type Settles = 'wish' | 'question' | 'comparison' | 'allergy'

const mostAsked = 3

/**
 * The answer by what a model chose. Of the goods that meet a wish those are left out that break a limit or hold what is not wanted, whatever
 * it says, unless the line that it points at says that there is none of it; what goods somebody can be given who has to be kept from something has to be shown by a line of their listing. Null where the
 * choice settles nothing, and what the rules found stands.
 */
export function settled(
  lookedUp: LookedUp,
  choice: Choice,
  {
    settles,
    isOfPrice,
    about,
    harm,
    inSight,
    said,
  }: {
    settles: Settles
    isOfPrice: boolean
    about: readonly Product[]
    /** What a question asks goods to be free of. */
    harm: readonly string[]
    /** The variant that each product in sight was shown as. */
    inSight: ReadonlyMap<string, string>
    said: readonly string[]
  },
): LookedUp | null {
  const { plan, facts } = lookedUp
  // What the rules found is not told any more.
  const fresh: Facts = { ...facts, subjectIds: [], search: null, candidates: null, comparison: null }
  for (const product of [...choice.fits, ...choice.near]) fresh.products.set(product.id, product)
  fresh.pointed = Map.groupBy(choice.lines, ({ productId }) => productId ?? '')
  for (const product of [...choice.fits, ...about]) {
    const list = listOf(product, fresh.pointed.get(product.id) ?? [], facts.lexicon)
    if (list !== null) fresh.pointed.set(product.id, [list])
  }
  const next = (kind: Plan['kind'], change: Partial<Plan> = {}): LookedUp => ({
    ...lookedUp,
    facts: fresh,
    plan: { ...plan, kind, clarify: null, search: null, ...change },
  })
  switch (settles) {
    case 'wish':
    case 'allergy': {
      const search = facts.searched ?? plan.search ?? ownSearch(plan.understanding)
      const musts = search.constraints.filter(isMust)
      // The number of a limit is no size: "under $50".
      const unpriced = search.constraints.reduce(
        (text, one) => (one.kind === 'price' ? text.replace(one.text, ' ') : text),
        said.at(-1) ?? '',
      )
      const keeps = (products: readonly Product[], kept = musts) =>
        products.flatMap((product) => {
          const stated = choice.lines.filter(({ productId }) => productId === product.id)
          const keeping = variantsKeeping(
            product,
            settles === 'wish' ? notStated(kept, stated, facts.lexicon) : kept,
            facts.lexicon,
          )
          // "About a metre long": the row that a model points at says which of its sizes it is. One that is named has to keep the limits itself.
          const told = variantsTold(fresh.pointed?.get(product.id) ?? [])
          const named = namedVariants(unpriced, product, facts.lexicon)?.variants ?? []
          const isNamed = (id: string) => named.some((variant) => variant.id === id)
          const meant = keeping.filter((id) => (told.size > 0 ? told.has(id) : isNamed(id)))
          const ids = meant.length > 0 ? meant : named.length > 0 && told.size === 0 ? [] : keeping
          return ids.length === 0 ? [] : [{ product, variantId: shown(product, ids, search.constraints) }]
        })
      const isShown = ({ id }: Product) =>
        settles === 'wish' || fresh.pointed?.has(id) === true || facts.freeOf?.states.has(id) === true
      const fits = keeps(choice.fits.filter(isShown))
      const near = fits.length > 0 || settles === 'allergy' ? [] : keeps(choice.near)
      if (fits.length === 0 && settles === 'allergy') return null
      // "Cheaper", where nothing is: the rules say which is the cheapest.
      if (fits.length + near.length === 0 && facts.anchor !== null) return null
      const price = musts.find(({ kind }) => kind === 'price')
      const isBeyondPrice = fits.length + near.length === 0 && price !== undefined && settles === 'wish'
      const beyond = isBeyondPrice
        ? keeps(
            choice.fits,
            musts.filter((one) => one !== price),
          ).toSorted((a, b) => priceOf(a) - priceOf(b))
        : []
      const cards = [...fits, ...near, ...beyond].map(({ product, variantId }) =>
        cardOf(product, variantId, musts, facts.phrases),
      )
      fresh.search = {
        ...emptySearch,
        cards,
        constraints: musts,
        relaxed: beyond.length > 0 && price ? [price] : [],
        isBeyondPrice: beyond.length > 0,
        alike: fits.map(({ product }) => product.id),
        chosen: {
          areNear: fits.length === 0,
          missing: saidOf(choice.missing, said, facts),
          decided: [...fits, ...near, ...beyond].flatMap((one) =>
            variantsTold(fresh.pointed?.get(one.product.id) ?? []).size > 0 ||
            one.variantId !== shownVariant(one.product).id ||
            exactly(one, search.constraints) > 0
              ? one.product.id
              : [],
          ),
        },
      }
      fresh.searched = { ...search, constraints: musts }
      for (const card of cards) fresh.cards.set(card.productId, card)
      addSubjects(
        fresh,
        cards.map(({ productId }) => productId),
      )
      return next('results', { search: fresh.searched })
    }
    case 'comparison': {
      if (choice.fits.length < 2) return null
      takeIn(choice.fits, fresh)
      // What goods cost stands beside their names, and in no line: it is pointed at by what they are compared in.
      if (isOfPrice && choice.lines.length === 0)
        for (const product of choice.fits) fresh.pointed.set(product.id, rowLines(product, fresh).slice(0, 1))
      const message = said.at(-1) ?? lookedUp.message
      const variantIds = comparedVariants(message, choice.fits, inSight, facts.lexicon)
      fresh.comparison = compareProducts(choice.fits, fresh.digests, fresh.phrases, variantIds)
      for (const [at, named] of variantsCompared(message, choice.fits, facts.lexicon).entries()) {
        const product = choice.fits[at]
        const lines = product && fresh.pointed.get(product.id)
        if (named && lines) fresh.pointed.set(product.id, linesNamed(lines, product, named, facts))
      }
      // What is asked of them is heard in the shopper's words: "which of them costs least?"
      return { ...next('comparison'), message }
    }
    case 'question': {
      const answering = choice.lines.flatMap(({ productId }) => productId ?? [])
      const products = [...choice.fits, ...about].filter(
        (product, at, all) => all.findIndex(({ id }) => id === product.id) === at,
      )
      // Those that say something on it first.
      const told = products.filter(({ id }) => answering.includes(id))
      const subjects = (told.length > 0 ? told : choice.fits.length > 0 ? choice.fits : about).slice(
        0,
        mostAsked,
      )
      const [first] = subjects
      if (first === undefined) return null
      takeIn(subjects, fresh)
      const isInSight = about.some(({ id }) => id === first.id)
      const kind = first.categories.at(-1) ?? null
      const search = {
        text: kind ?? first.title,
        productType: kind,
        constraints: [],
        sort: 'relevance' as const,
      }
      const named = isInSight ? {} : { isOfOneAmongSeveral: true as const }
      // Free of a thing is only what its listing says so of.
      if (harm.length > 0 && told.length === 0) {
        fresh.freeOf = statedAmong(subjects, harm, facts.lexicon)
        return next('allergy', named)
      }
      // What goods cost is told by their row; "in medium?", by the rows that it names.
      for (const product of subjects)
        if (isOfPrice) {
          // "For the name Olive": the row that a model points at, where the message names none.
          const rows = (fresh.pointed.get(product.id) ?? []).filter(
            ({ variantIds }) => variantIds !== undefined,
          )
          const isOpen = product.variants.length > 1 && product.variants.every(({ price }) => isPriced(price))
          if (isOpen && rows.length > 0 && namedVariants(said.at(-1) ?? '', product, facts.lexicon) === null)
            fresh.pointed.set(product.id, rows)
          else fresh.pointed.delete(product.id)
        } else if (!fresh.pointed.has(product.id))
          fresh.pointed.set(product.id, rowsNamed(said.at(-1) ?? '', product, fresh))
      return next('product-answer', isInSight ? {} : { search, ...named })
    }
  }
}

/** Limits without what some lines say that there is none of, whatever else the listing says of it; never what hurts somebody. */
function notStated(
  musts: readonly Constraint[],
  lines: readonly Evidence[],
  lexicon: Lexicon,
): readonly Constraint[] {
  const none = musts.flatMap((one) =>
    one.kind === 'unnamed' &&
    one.hurts !== true &&
    lines.some(({ text }) => statesNone(text, one.words, lexicon))
      ? one.text
      : [],
  )
  return musts.filter(
    (one) => !(one.kind === 'unnamed' || (one.kind === 'facet' && one.negated)) || !none.includes(one.text),
  )
}

/** Lines of which those that list a choice tell only what is named of it: "the fern in large" is no other size. */
function linesNamed(
  lines: readonly Evidence[],
  product: Product,
  { variants }: NamedVariants,
  { lexicon, phrases }: Facts,
): Evidence[] {
  return lines.map((line) => {
    const field = line.source.kind === 'product' ? line.source.field : ''
    if (!product.variants.some(({ options }) => field in options)) return line
    const values = [...new Set(variants.flatMap(({ options }) => options[field] ?? []))]
    const text = phrases.say('options.listed', { name: heading(field), values: values.join(', ') })
    return makeEvidence({ kind: line.kind, text, productId: line.productId, source: line.source }, lexicon)
  })
}

/** The row of what a message names of a product's choices; none where it names none. */
function rowsNamed(message: string, product: Product, facts: Facts): Evidence[] {
  const named = namedVariants(message, product, facts.lexicon)?.variants ?? []
  return named.length === 0 ? [] : rowLines({ ...product, variants: named }, facts).slice(0, 1)
}

/** What the shopper said is missing, in words of their own; the last message where a model puts it in others. */
function saidOf(missing: string, said: readonly string[], { lexicon }: Facts): string {
  const known = new Set(said.flatMap((text) => contentStems(text, lexicon)))
  const own = contentStems(missing, lexicon)
  const isSaid = own.length > 0 && own.every((stem) => known.has(stem))
  return isSaid ? missing : excerpt(said.at(-1) ?? '', longestMissing)
}

const longestMissing = 80

/** Several lines under one heading, such as what is in the box, as one text; null where they are not all of the lines. */
function listOf(product: Product, lines: readonly Evidence[], lexicon: Lexicon): Evidence | null {
  const [first] = lines
  const isList = lines.length > 1 && lines.every((line) => line.heading === first?.heading)
  return isList
    ? (sectionEvidence(product, lexicon).find((section) => section.heading === first?.heading) ?? null)
    : null
}

function takeIn(products: readonly Product[], facts: Facts): void {
  for (const product of products)
    if (!facts.cards.has(product.id)) facts.cards.set(product.id, cardOf(product, null, [], facts.phrases))
  addSubjects(
    facts,
    products.map(({ id }) => id),
  )
}

const priceOf = ({ product, variantId }: { product: Product; variantId: string | null }): number =>
  shownVariant(product, variantId).price.minor

/** Of the variants that keep every must: what states most of what was asked for, can be had, and costs least. */
function shown(product: Product, ids: readonly string[], constraints: readonly Constraint[]): string | null {
  if (ids.length === product.variants.length && !constraints.some(({ kind }) => kind === 'facet'))
    return shownVariant(product).id
  const byPrice = product.variants
    .filter(({ id }) => ids.includes(id))
    .toSorted((a, b) => Number(isInStock(b)) - Number(isInStock(a)) || a.price.minor - b.price.minor)
    .map(({ id }) => id)
  return exactFirst(product, byPrice, constraints)
}

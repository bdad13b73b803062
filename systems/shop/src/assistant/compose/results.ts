import type { Evidence, ProductCard } from '../../domain/answer.ts'
import type { Constraint } from '../../domain/constraints.ts'
import { describeConstraint, limitSaid, ratingLabel } from '../cards.ts'
import { languageName } from '../../language/detect.ts'
import type { Facts } from '../facts.ts'
import { formatRating, isPriced } from '../../domain/money.ts'
import type { EffectiveSearch } from '../plan/plan.ts'
import type { MinedAspect } from '../aspects/mine.ts'
import type { Phrases } from '../phrases.ts'
import { variantsKeeping } from '../../search/leave-out-named.ts'
import { spanOf } from './price-answer.ts'
import { askedAspects, prosAndCons } from './reviews.ts'
import { freeUnsaid } from './free-unsaid.ts'
import { quoteOf } from './extract.ts'
import { partSentences } from './part-sentences.ts'
import { sayTitle } from './say-title.ts'
import { excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** Fewer reviews than this say too little to call a product better rated. */
export const tellingReviews = 5

/** Says which to look at first and why, what one gives up with it, what buyers say, and what was left out. */
export function resultSentences(
  search: EffectiveSearch,
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
  /** What the first warns of that has to be said. */
  cautions: readonly Evidence[] = [],
): string[] {
  const found = facts.search
  if (!found) return []
  if (found.isUnheard === true)
    return [
      phrases.say('language.unheard', {
        own: languageName(facts.lexicon.language.code, phrases.language.code),
      }),
    ]
  const titleOf = titlesIn(facts)
  if (found.notListed) {
    const { what, isUnknown, kinds, isNear } = found.notListed
    const [first] = found.cards
    return [
      phrases.say(isUnknown ? 'results.unknown' : 'results.not-listed', { what: `“${what}”` }),
      first && isNear === 'meaning'
        ? phrases.say(isPriced(first.price) ? 'results.nearest' : 'results.nearest.unpriced', {
            title: titleOf(first.productId),
            price: phrases.money(first.price),
            why: first.inStock ? '' : phrases.say('results.stock'),
          })
        : isNear
          ? phrases.say('results.only-told')
          : kinds.length > 0
            ? phrases.say('results.largest-kinds', {
                kinds: phrases.listing(kinds.map((kind) => `“${kind}”`)),
              })
            : phrases.say('results.none.hint'),
    ]
  }
  if (found.parts) return partSentences(found.parts, facts, citations)
  const best = found.cards[0]
  if (found.chosen) return chosenSentences(search, found, found.chosen, facts, citations)
  if (!best) {
    const { anchor } = facts
    if (found.isBeyondPrice && anchor) {
      const isLess = found.relaxed.some((one) => one.kind === 'price' && one.max !== null)
      const name = isLess ? 'results.cheapest-already' : 'results.dearest-already'
      return [
        phrases.say(name, {
          title: titleOf(anchor.productId),
          price: phrases.money(anchor.price),
          mark: citations.mark(
            { kind: 'product', productId: anchor.productId, field: 'price' },
            phrases.money(anchor.price),
          ),
        }),
      ]
    }
    const forbidden = forbiddenSentences(found, facts, phrases, citations)
    if (forbidden.length > 0) return forbidden
    if (found.leftOut > 0)
      return [phrases.say('results.all-named', { words: unwanted(found.constraints, phrases) })]
    if (found.hasNoOthers)
      return [phrases.say(search.constraints.length > 0 ? 'results.no-others-so' : 'results.no-others')]
    if (found.isUnrelated) return [phrases.say('results.unrelated')]
    return [phrases.say('results.none', { wanted: wantedWords(search) }), phrases.say('results.none.hint')]
  }
  if (found.unmeasured)
    return [
      phrases.say('results.unmeasured', {
        word: found.unmeasured.word,
        title: titleOf(found.unmeasured.productId),
      }),
    ]
  const label = (constraint: (typeof found.relaxed)[number]) =>
    describeConstraint(constraint, facts.currency, phrases)
  // Where the store states no prices a limit was left out, and nothing is said of what things cost.
  const price =
    found.isBeyondPrice && isPriced(best.price)
      ? found.relaxed.find(
          (constraint): constraint is Extract<Constraint, { kind: 'price' }> => constraint.kind === 'price',
        )
      : undefined
  const others = found.relaxed.filter((constraint) => constraint !== price)
  const unsaid = freeUnsaid(found, facts)
  return [
    ...(price
      ? [
          phrases.say('results.over', {
            limit: limitSaid(price, facts.currency, phrases),
            price: phrases.money(best.price),
          }),
        ]
      : []),
    ...(others.length
      ? [
          phrases.say('results.relaxed', {
            relaxed: phrases.listing(others.map((one) => `“${label(one)}”`)),
          }),
        ]
      : []),
    ...(found.isUnrated ? [phrases.say('results.unrated')] : []),
    ...(found.otherName === undefined
      ? []
      : [
          phrases.say('results.other-name', {
            what: `“${found.otherName.said}”`,
            called: `“${found.otherName.called}”`,
          }),
        ]),
    ...(found.notSold === null
      ? []
      : [
          phrases.say(found.notSold.isNamed ? 'results.not-sold' : 'results.not-here', {
            what: `“${found.notSold.word}”`,
          }),
        ]),
    ...(unsaid.length > 0
      ? [phrases.say('results.free-unsaid', { what: phrases.listing(unsaid, 'disjunction') })]
      : []),
    // What cannot be held is heard first, and then no product is said to fit; who narrows hears as well what only some hold.
    ...wishSentences(found.isNarrowed ? found : { ...found, partly: [] }, facts, phrases),
    found.isDoubtful
      ? phrases.say('results.doubtful', { title: titleOf(best.productId) })
      : bestMatch(best, found, { isSure: unsaid.length === 0 }, titleOf, phrases),
    // "For dogs to 45 kg" says why it is first.
    ...(found.forWhom ?? []).map((line) => quoteOf(line, citations, phrases)),
    ...cautions.map((line) => quoteOf(line, citations, phrases)),
    ...leftOutSentence(found, phrases),
    ...forbiddenSentences(found, facts, phrases, citations),
    ...(found.isDoubtful ? [] : praise(best, found, search, facts, citations)),
  ]
}

/** What one gives up with the first, what its buyers say, and how many others fit. */
function praise(
  best: ProductCard,
  found: NonNullable<Facts['search']>,
  search: EffectiveSearch,
  facts: Facts,
  citations: Citations,
): string[] {
  const { phrases } = facts
  // What holds less of what was asked for than the first is no cheaper one of it.
  const isAlike = ({ productId }: ProductCard) => found.alike.includes(productId)
  return [
    ...tradeOffs(best, found.cards.filter(isAlike), titlesIn(facts), phrases).slice(0, 1),
    ...reviewSentences(search, best, facts, phrases, citations).slice(0, 1),
    ...(found.total !== null && found.total > found.cards.length
      ? [phrases.say('results.more', { total: phrases.count(found.total), n: found.cards.length })]
      : []),
  ]
}

/** So many of those that fit are told with a line of their listing. */
const mostShown = 3

/** What a model chose: the first, the lines that show that they fit, what one gives up with it; where nothing fits, what is missing. */
function chosenSentences(
  search: EffectiveSearch,
  found: NonNullable<Facts['search']>,
  { areNear, missing }: NonNullable<NonNullable<Facts['search']>['chosen']>,
  facts: Facts,
  citations: Citations,
): string[] {
  const { phrases } = facts
  const titleOf = titlesIn(facts)
  const [best] = found.cards
  const wanted = missing === '' ? wantedWords(search) : `“${missing}”`
  const told = found.cards.slice(0, mostShown).flatMap(({ productId }) => {
    const [line] = facts.pointed?.get(productId) ?? []
    const quote = line && quoteOf(line, citations, phrases)
    return quote === undefined
      ? []
      : productId === best?.productId
        ? quote
        : `${titleOf(productId)}: ${quote}`
  })
  const price = found.relaxed.find(
    (constraint): constraint is Extract<Constraint, { kind: 'price' }> => constraint.kind === 'price',
  )
  const lacking =
    price && best
      ? phrases.say('results.over', {
          limit: limitSaid(price, facts.currency, phrases),
          price: phrases.money(best.price),
        })
      : phrases.say('results.none', { wanted })
  return [
    ...(areNear ? [lacking] : []),
    ...(best
      ? [bestMatch(best, found, { isSure: !areNear, price: openPrice(best, found, facts) }, titleOf, phrases)]
      : []),
    ...told,
    ...(best && !areNear ? tradeOffs(best, found.cards, titleOf, phrases).slice(0, 1) : []),
  ]
}

/** What a product costs in whatever choice meets the limits, where none of them was asked for or pointed at. */
function openPrice(
  { productId, price }: ProductCard,
  { constraints, chosen }: NonNullable<Facts['search']>,
  { products, phrases, lexicon }: Facts,
): string {
  const product = products.get(productId)
  if (product === undefined || chosen?.decided.includes(productId)) return phrases.money(price)
  const ids = variantsKeeping(product, constraints, lexicon)
  return (
    spanOf(
      product.variants.filter(({ id }) => ids.includes(id)),
      phrases,
    ) ?? phrases.money(price)
  )
}

/** What was asked for and no listing shown states, and what only some of them do. */
function wishSentences(
  { unmentioned, partly }: Pick<NonNullable<Facts['search']>, 'unmentioned' | 'partly'>,
  facts: Facts,
  phrases: Phrases,
): string[] {
  const titleOf = titlesIn(facts)
  return [
    ...(unmentioned.length > 0
      ? [
          phrases.say('results.unmentioned', {
            words: phrases.listing(
              unmentioned.map((word) => `“${word}”`),
              'disjunction',
            ),
          }),
        ]
      : []),
    ...partly.map(({ said, productIds }) =>
      phrases.say('results.partly', {
        words: `“${said}”`,
        titles: phrases.listing([...new Set(productIds.map(titleOf))]),
      }),
    ),
  ]
}

/** What the shopper does not want, in their words. */
const unwanted = (constraints: readonly Constraint[], phrases: Phrases): string =>
  phrases.listing(
    constraints.flatMap((one) => (one.kind === 'unnamed' ? `“${one.words}”` : [])),
    'disjunction',
  )

function leftOutSentence(found: NonNullable<Facts['search']>, phrases: Phrases): string[] {
  if (found.leftOut === 0) return []
  const name = found.leftOut === 1 ? 'results.left-out.one' : 'results.left-out'
  return [phrases.say(name, { n: found.leftOut, words: unwanted(found.constraints, phrases) })]
}

/** So many that must not be used as is wanted are named. */
const mostForbidden = 2

/** What was left out since its listing forbids what it was wanted for. */
const forbiddenSentences = (
  { forbidden = [] }: NonNullable<Facts['search']>,
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): string[] =>
  forbidden.slice(0, mostForbidden).map(({ product, line }) =>
    phrases.say('results.forbidden', {
      title: sayTitle(product, facts.products.values()),
      quote: excerpt(line.text, longestForbidden),
      mark: citations.mark(line.source, line.text),
    }),
  )

/** Characters of a line that forbids. */
const longestForbidden = 160

function wantedWords(search: EffectiveSearch): string {
  const words = excerpt(search.text || search.productType || 'that', 80)
  return `“${words}”`
}

/** "Rated 4.6 from 212 reviews"; of a feed that counts none, without them. */
export function ratingSaid({ average, count }: NonNullable<ProductCard['rating']>, phrases: Phrases): string {
  const rating = formatRating(average)
  if (count === 0) return phrases.say('rated.alone', { rating })
  return phrases.say(count === 1 ? 'rated.one' : 'rated', { rating, n: phrases.count(count) })
}

function bestMatch(
  best: ProductCard,
  found: NonNullable<Facts['search']>,
  { isSure, price }: { isSure: boolean; price?: string },
  titleOf: (id: string) => string,
  phrases: Phrases,
): string {
  // Said in a sentence's own words.
  const told = [phrases.say('stock.out'), best.rating ? ratingLabel(best.rating, phrases) : '']
  const rating = best.rating ? ratingSaid(best.rating, phrases) : null
  const because = phrases.listing([
    ...best.reasons.filter((reason) => !told.includes(reason)),
    ...(rating ? [rating] : []),
  ])
  const why = `${because ? `: ${because}` : ''}${best.inStock ? '' : phrases.say('results.stock')}`
  const isNearest =
    !isSure ||
    found.unmentioned.length > 0 ||
    found.notSold !== null ||
    found.otherName !== undefined ||
    found.isBeyondPrice ||
    found.isNear === true
  if (!isPriced(best.price))
    return phrases.say(isNearest ? 'results.nearest.unpriced' : 'results.unpriced', {
      title: titleOf(best.productId),
      why,
    })
  const name = isNearest ? 'results.nearest' : found.cards.length === 1 ? 'results.one' : 'results.best'
  return phrases.say(name, {
    title: titleOf(best.productId),
    price: price ?? phrases.money(best.price),
    why,
  })
}

/** What the shopper gives up with the first, against the cheapest and the best rated of the others. */
function tradeOffs(
  best: ProductCard,
  cards: readonly ProductCard[],
  titleOf: (id: string) => string,
  phrases: Phrases,
): string[] {
  const others = cards.slice(1).filter((card) => card.price.currency === best.price.currency)
  if (!isPriced(best.price)) return []
  const cheapest = others.toSorted((a, b) => a.price.minor - b.price.minor)[0]
  const rated = others
    .filter((card) => (card.rating?.count ?? 0) >= tellingReviews)
    .toSorted((a, b) => (b.rating?.average ?? 0) - (a.rating?.average ?? 0))[0]
  const said: string[] = []
  if (cheapest && cheapest.price.minor < best.price.minor) {
    const saved = { minor: best.price.minor - cheapest.price.minor, currency: best.price.currency }
    const rating = cheapest.rating ? `, ${ratingSaid(cheapest.rating, phrases)}` : ''
    said.push(
      phrases.say('trade.less', {
        title: titleOf(cheapest.productId),
        saved: phrases.money(saved),
        price: phrases.money(cheapest.price),
        rating,
      }),
    )
  }
  const bestRating = best.rating && best.rating.count >= tellingReviews ? best.rating.average : 0
  if (
    rated?.rating &&
    rated.productId !== cheapest?.productId &&
    round(rated.rating.average) > round(bestRating)
  ) {
    said.push(
      phrases.say('trade.rated', {
        title: titleOf(rated.productId),
        rating: `${formatRating(rated.rating.average)} (${phrases.count(rated.rating.count)})`,
        price: phrases.money(rated.price),
      }),
    )
  }
  return said
}

export function round(average: number): number {
  return Math.round(average * 10) / 10
}

/** What buyers praise and blame in the first; what the search asked for comes first. */
function reviewSentences(
  search: EffectiveSearch,
  best: ProductCard,
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): string[] {
  const digest = facts.digests.get(best.productId)
  if (!digest || digest.read < 3) return []
  const asked = askedAspects(search.text, digest.aspects).slice(0, 1)
  const { pros, cons } = prosAndCons(digest)
  const praised = asked[0] ?? pros[0]
  const blamed = cons.find((aspect) => aspect !== praised)
  return [...(praised ? [praised] : []), ...(blamed ? [blamed] : [])].flatMap(
    (aspect) => verdictOf(aspect, best.productId, phrases, citations) ?? [],
  )
}

/** "Buyers like its fit: 12 of the 13 who mention it", with the quote that it rests on; null where nobody judges. */
export function verdictOf(
  aspect: MinedAspect,
  productId: string,
  phrases: Phrases,
  citations: Citations,
): string | null {
  const isGood = aspect.positive >= aspect.negative
  const quote = isGood ? aspect.praise : aspect.blame
  const said = isGood ? aspect.positive : aspect.negative
  if (!quote || said === 0) return null
  const name = `reviews.${isGood ? 'likes' : 'dislikes'}${aspect.mentions === 1 ? '.one' : ''}`
  return phrases.say(name, {
    aspect: aspect.aspect,
    good: aspect.positive,
    bad: aspect.negative,
    n: aspect.mentions,
    mark: citations.mark({ kind: 'review', productId, reviewId: quote.reviewId }, quote.text),
  })
}

/** What the products of this turn are called in sentences. */
export function titlesIn(facts: Facts): (productId: string) => string {
  return (productId) => {
    const product = facts.products.get(productId)
    return product ? sayTitle(product, facts.products.values()) : ''
  }
}

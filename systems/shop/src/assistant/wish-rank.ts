import type { Constraint } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { holdsKindOf } from '../language/joined.ts'
import { isNoun } from '../understand/nouns.ts'
import type { CompiledVocabulary } from '../understand/vocabulary.ts'
import { isInStock } from './cards.ts'
import type { Facts } from './facts.ts'
import { heldOf } from './found.ts'
import type { Found } from './found.ts'
import { kindTier, saysSpare, titleHeads } from './kind.ts'
import { exactFirst, valuesStated } from './lead.ts'
import type { EffectiveSearch } from './plan/plan.ts'
import { load } from './step-reads.ts'
import type { StepSources } from './step-sources.ts'
import { listingStems, namingStems } from './wishes.ts'
import type { Wish } from './wishes.ts'
import { contentStems } from './words.ts'
import type { WishFeatures } from './wish-features.ts'
import { wishRankWeights, wishRankWeightsNear } from './wish-rank-weights.ts'

interface Wished {
  said: string
  /** The words of content in it but its prices. */
  stems: readonly string[]
  type: string | null
  constraints: readonly Constraint[]
  wishes: readonly Wish[]
  /** What a search for all words found, best first. */
  plain: readonly { product: Product; score: number; isOfKind: boolean }[]
  /** What was found of the kind, best first. */
  ofKind: readonly { product: Product; isOfKind: boolean }[]
  /** Standard deviations that goods are nearer in meaning than usual, by id. */
  nearness: ReadonlyMap<string, number>
}

/** What is known of each of the goods that may be wished for, by product. */
function wishFeatures(
  { said, stems, type, constraints, wishes, plain, ofKind, nearness }: Wished,
  lexicon: Lexicon,
  compiled: CompiledVocabulary,
): Map<Product, WishFeatures> {
  const { code } = lexicon.language
  const products = [...new Set([...plain, ...ofKind].map(({ product }) => product))]
  const holds = (held: ReadonlySet<string>, stem: string) => held.has(stem) || holdsKindOf(held, stem, code)
  const holding = new Map(
    products.map((product) => [
      product,
      {
        all: new Set(stems.filter((stem) => holds(listingStems(product, lexicon), stem))),
        named: new Set(stems.filter((stem) => holds(namingStems(product, lexicon), stem))),
      },
    ]),
  )
  const rarity = (stem: string) =>
    Math.log(
      (1 + products.length) / (1 + products.filter((each) => holding.get(each)?.all.has(stem)).length),
    ) + 0.2
  const share = (held: ReadonlySet<string> | undefined, weight: (stem: string) => number) => {
    const all = stems.reduce((sum, stem) => sum + weight(stem), 0)
    return all === 0 ? 0 : stems.reduce((sum, stem) => sum + (held?.has(stem) ? weight(stem) : 0), 0) / all
  }
  const top = Math.max(1e-9, ...plain.map(({ score }) => score))
  const facets = constraints.filter((one) => one.kind === 'facet' && !one.negated).length
  const typed = type === null ? null : lexemesOf(type).at(-1)
  const isOfGoods = typed != null && isNoun(lexicon.meaning(typed.word), compiled)
  const asksSpare = saysSpare(said, lexicon)
  return new Map(
    products.map((product) => {
      const at = plain.findIndex((each) => each.product === product)
      const place = ofKind.findIndex((each) => each.product === product)
      const found = plain[at]
      const kind =
        type === null
          ? 0
          : kindTier(product, type, lexicon, found?.isOfKind === true || ofKind[place]?.isOfKind === true) / 4
      const heads = titleHeads(product, lexicon)
      const own = holding.get(product)
      return [
        product,
        {
          score: found === undefined ? 0 : found.score / top,
          place: at === -1 ? 0 : 1 / (at + 1),
          placeOfKind: place === -1 ? 0 : 1 / (place + 1),
          kind,
          kindOfGoods: isOfGoods ? kind : 0,
          held: share(own?.all, () => 1),
          heldRare: share(own?.all, rarity),
          named: share(own?.named, () => 1),
          namedRare: share(own?.named, rarity),
          called: stems.some((stem) => holdsKindOf(heads, stem, code)) ? 1 : 0,
          granted:
            wishes.length === 0
              ? 0
              : wishes.filter(({ isHeldBy }) => isHeldBy(product)).length / wishes.length,
          stated: facets === 0 ? 0 : valuesStated(product, constraints) / facets,
          isSpare: !asksSpare && saysSpare(product.title, lexicon) ? 1 : 0,
          isOut: product.variants.some(isInStock) ? 0 : 1,
          near: nearness.get(product.id) ?? 0,
        },
      ]
    }),
  )
}

/** So many that a search for all words finds are looked at, and of the kind. */
const mostLookedAt = 12
/** So many of the nearest in meaning are told how near they are. */
const mostNear = 200
/** What stands so far behind the best is not shown with it. */
const farthestBehind = 4

/**
 * The goods that a message of many words may wish for, by what all its words find and by the kind that it seems to name, in the order that people's choices
 * taught. A kind that was read off the story around a wish ("my wrists are weak, so …") so hides nothing.
 */
export async function rankWish(
  {
    said,
    search,
    wishes,
    ofKind,
    isStory = true,
    isUsable,
  }: {
    said: string
    search: EffectiveSearch
    wishes: readonly Wish[]
    ofKind: readonly Found[]
    /** Else only what says more of the message than all of the kind do is looked at beside these. */
    isStory?: boolean
    isUsable: (product: Product) => boolean
  },
  compiled: CompiledVocabulary,
  facts: Facts,
  sources: StepSources,
): Promise<{ items: Found[]; scoreOf: (found: Found) => number } | null> {
  const result = await sources.search.search({
    text: said,
    // A value that is named may be said in other words: what does not state it is not without it.
    constraints: search.constraints.filter(
      (one) => one.kind !== 'facet' || one.negated || one.strength === 'insisted',
    ),
    sort: 'relevance',
    limit: mostLookedAt,
    offset: 0,
    nearest: mostNear,
  })
  const { nearest = [] } = result
  const hits = new Map(result.relaxed.length > 0 ? [] : result.hits.map((hit) => [hit.productId, hit]))
  // The 450 of "a desk under 450" is no lumens.
  const priced = new Set(
    search.constraints.flatMap(({ kind, text }) =>
      kind === 'price' ? contentStems(text, sources.lexicon) : [],
    ),
  )
  const asked = new Set(contentStems(said, sources.lexicon).filter((stem) => !priced.has(stem)))
  const most = Math.max(0, ...ofKind.map(({ product }) => heldOf(asked, product, sources)))
  // Of a few words, all of which some of the kind hold, nothing else is meant.
  const isOpen = isStory || (result.nearest !== undefined && asked.size > Math.max(1, most))
  // What must not be in them is known only of what was found by words.
  const isUnnamed = search.constraints.some(({ kind }) => kind === 'unnamed')
  const near = isOpen && !isUnnamed && result.relaxed.length === 0 ? nearest.slice(0, mostLookedAt) : []
  const looked = new Set([...hits.keys(), ...near.map(({ productId }) => productId)])
  const usable = (await load([...looked], facts, sources)).filter(isUsable)
  const all = usable.map((product) => ({
    product,
    variantId: exactFirst(product, hits.get(product.id)?.variantIds ?? [], search.constraints),
    isOfKind: hits.get(product.id)?.isOfKind === true,
    score: hits.get(product.id)?.score ?? 0,
  }))
  const plain = isOpen ? all : all.filter(({ product }) => heldOf(asked, product, sources) > most)
  // A kind alone is not said better by what only mentions it.
  if (!isOpen && (plain.length === 0 || asked.size < 2)) return null
  const features = wishFeatures(
    {
      said,
      stems: [...asked],
      type: search.productType,
      constraints: search.constraints,
      wishes,
      plain,
      ofKind: ofKind.slice(0, mostLookedAt),
      nearness: new Map(nearest.map(({ productId, deviations }) => [productId, deviations])),
    },
    sources.lexicon,
    compiled,
  )
  if (features.size === 0) return null
  sources.seeRanked?.(features)
  const scores = new Map(
    [...features].map(([product, own]) => [
      product,
      wishScore(own, result.nearest === undefined ? wishRankWeights : wishRankWeightsNear),
    ]),
  )
  const least = Math.max(...scores.values()) - farthestBehind
  const known = new Map([...plain, ...ofKind].map((one): [Product, Found] => [one.product, one]))
  const scoreOf = ({ product }: Found) => scores.get(product) ?? Number.NEGATIVE_INFINITY
  const best = [...known.values()].filter((one) => scoreOf(one) >= least)
  return { items: best.toSorted((a, b) => scoreOf(b) - scoreOf(a)), scoreOf }
}

/** How much speaks for one of some goods. */
const wishScore = (features: WishFeatures, weights: Readonly<Record<string, number>>): number =>
  Object.entries(features).reduce(
    (sum: number, [name, value]: [string, number]) => sum + (weights[name] ?? 0) * value,
    0,
  )

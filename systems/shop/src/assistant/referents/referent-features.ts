import type { Product } from '../../domain/product.ts'
import { asksIfAny, asksOfIt, isAsking, opensWith, saysIt, saysThe } from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import { holdsKindOf } from '../../language/joined.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { placeOf } from '../../understand/ordinal.ts'
import { talkWords } from '../../understand/turn-kind.ts'
import { listingEvidence } from '../evidence.ts'
import { likeliestLines } from '../lines/line-model.ts'
import { namingText } from '../naming-text.ts'
import { chosenByMeasure, chosenByPrice, listOf } from '../plan/subjects.ts'
import type { Plan, PlanContext } from '../plan/plan.ts'
import { refersFeatures } from '../refers/refers-features.ts'
import { othersLikely } from '../refers/refers-weights.ts'
import { listingStems } from '../wishes.ts'
import { contentStems } from '../words.ts'

/**
 * What speaks for one product, or for none (`none…`), being what a message is about, each -1 to 1. `rules…`: the answer by rules is about it, and why. `page` to `unseen`: where it stands in
 * the talk; `looked`, `place`: 1 for the last and the first. `name`, `listing`, `line`, `head`: how much of the message its name and listing say, how likely a line answers, whether it is called by the
 * nouns said; `…Lead`: how much more than any other; `beyond`: by words that the listing in focus does not say. `it…`, `ofIt…`, `and…`: the message points so.
 */
export type ReferentFeatures = Record<string, number>

/** A product that a message may be about; null: it is about none that is listed here, but looks for goods. */
export interface Referent {
  product: Product | null
  features: ReferentFeatures
}

/** What a message may be about, and what is known of its words. */
export interface ReferentsAsked {
  products: readonly Product[]
  /** What the answer by rules is about; empty where it looks for goods. */
  byRules: readonly Product[]
  /** How many products of the catalog hold a word, by how it is said. */
  holders: ReadonlyMap<string, number>
  /** How many products there are. */
  size: number
}

const yes = (is: boolean): number => (is ? 1 : 0)

/** What speaks for each product that a message may be about, and for none of them. */
export function referentFeatures(
  message: string,
  plan: Plan,
  context: PlanContext,
  { products, byRules, holders, size }: ReferentsAsked,
): Referent[] {
  const { lexicon, page, shown, list, lookedAt, named, mentions, isNoun, isShelf } = context
  const { code } = lexicon.language
  const talk = new Set([...talkWords(lexicon.language)].map((word) => lexicon.meaning(word)))
  const stems = [...new Set(contentStems(message, lexicon))].filter((stem) => !talk.has(stem))
  const rarity = new Map(
    stems.map((stem) => [
      stem,
      Math.log((size + 1) / ((holders.get(stem) ?? 0) + 0.5)) / Math.log(2 * size + 2),
    ]),
  )
  const whole = stems.reduce((sum, stem) => sum + (rarity.get(stem) ?? 0), 0)
  const shareIn = (held: ReadonlySet<string>, of = stems) =>
    whole === 0
      ? 0
      : of.reduce((sum, stem) => sum + (holdsKindOf(held, stem, code) ? (rarity.get(stem) ?? 0) : 0), 0) /
        whole
  const nouns = stems.filter((stem) => isNoun(stem) || isShelf?.(stem) === true)
  const numbers = new Set(message.match(/\d+(?:[.,]\d+)?/g) ?? [])
  const it = yes(saysIt(message, code))
  const ofIt = yes(asksOfIt(message, code))
  const focusId = page?.id ?? context.focusId
  const isByRules = (product: Product, why: string): number => {
    if (byRules[0]?.id !== product.id) return 0
    const { reference } = plan.understanding
    const reason =
      plan.isOfTwin === true
        ? 'twin'
        : plan.asked !== undefined
          ? 'chosen'
          : named !== null
            ? 'name'
            : reference?.kind === 'ordinal' || reference?.kind === 'described'
              ? 'place'
              : focusId === product.id
                ? 'focus'
                : 'answer'
    return yes(reason === why)
  }
  const goesOn = yes(
    opensWith(
      lexemesOf(message, code).map(({ word }) => word),
      [['and']],
      code,
    ) > 0,
  )
  const listed = listOf(context)
  const placed = new Set(
    lexemesOf(message, code).flatMap(
      ({ word }) => listed.at((placeOf(word, code) ?? Infinity) - 1)?.id ?? [],
    ),
  )
  const measured = (chosenByPrice(message, context) ?? chosenByMeasure(message, context))?.product.id
  const other = yes(new RegExp(anyOf(grammarOf(code)['other-one']), 'iu').test(message))
  const focus = products.find(({ id }) => id === focusId)
  const ofFocus: ReadonlySet<string> = focus ? listingStems(focus, lexicon) : new Set()
  const beyondFocus = stems.filter((stem) => !holdsKindOf(ofFocus, stem, code))
  const told = products.map((product) => {
    const lines = listingEvidence(product, lexicon).filter(({ source }) => source.kind === 'product')
    const names = new Set(contentStems(namingText(product), lexicon))
    const held = listingStems(product, lexicon)
    return {
      product,
      line: likeliestLines(message, product, lines, lexicon)[0]?.probability ?? 0,
      name: shareIn(names),
      beyond: product === focus ? 0 : shareIn(names, beyondFocus),
      listing: shareIn(held),
      head:
        nouns.length === 0 ? 0 : nouns.filter((stem) => holdsKindOf(names, stem, code)).length / nouns.length,
      number: yes((product.title.match(/\d+(?:[.,]\d+)?/g) ?? []).some((each) => numbers.has(each))),
    }
  })
  const lead = (key: 'line' | 'name' | 'listing' | 'head', at: number): number =>
    (told[at]?.[key] ?? 0) - Math.max(0, ...told.flatMap((one, other) => (other === at ? [] : one[key])))
  const others = othersLikely(refersFeatures(message, plan, context))
  const none: Referent = {
    product: null,
    features: {
      none: 1,
      noneOthers: others,
      noneRules: yes(byRules.length === 0),
      noneAsking: yes(isAsking(message, code)),
      noneOfIt: ofIt,
      noneThe: yes(saysThe(message, code)),
      noneAny: yes(asksIfAny(message, code)),
    },
  }
  return [
    ...told.map(({ product, ...own }, at) => {
      const place = shown.findIndex(({ id }) => id === product.id)
      const looked = lookedAt.findIndex(({ id }) => id === product.id)
      const lone = yes(shown.length === 1 && place === 0)
      const first = yes(shown.length > 1 && place === 0)
      const isSeen =
        place !== -1 || looked !== -1 || page?.id === product.id || list.some(({ id }) => id === product.id)
      return {
        product,
        features: {
          rulesTwin: isByRules(product, 'twin'),
          rulesChosen: isByRules(product, 'chosen'),
          rulesName: isByRules(product, 'name'),
          rulesPlace: isByRules(product, 'place'),
          rulesFocus: isByRules(product, 'focus'),
          rulesAnswer: isByRules(product, 'answer'),
          mentioned: yes(mentions[0]?.product.id === product.id),
          page: yes(page?.id === product.id),
          lone,
          first,
          place: shown.length > 1 && place !== -1 ? 1 / (1 + place) : 0,
          listed: yes(place === -1 && list.some(({ id }) => id === product.id)),
          looked: looked === -1 ? 0 : 1 / (1 + looked),
          unseen: yes(!isSeen),
          placed: yes(placed.has(product.id)),
          measured: yes(measured === product.id),
          other: other * yes(focusId !== product.id && listed.some(({ id }) => id === product.id)),
          name: own.name,
          beyond: own.beyond,
          nameLead: lead('name', at),
          head: own.head,
          headLead: lead('head', at),
          listingLead: lead('listing', at),
          line: own.line,
          lineLead: lead('line', at),
          number: own.number,
          itLone: it * lone,
          itFirst: it * first,
          itPage: it * yes(page?.id === product.id),
          itUnseen: it * yes(!isSeen),
          ofItFocus: ofIt * yes(focusId === product.id),
          andFocus: goesOn * yes(focusId === product.id),
        },
      }
    }),
    none,
  ]
}

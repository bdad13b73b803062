import {
  addressesStore,
  asksIfAny,
  asksOfIt,
  isAsking,
  opensWith,
  saysIt,
  saysThe,
} from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { GrammarRole } from '../../language/grammar.ts'
import { holdsKindOf } from '../../language/joined.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { talkWords, turnKindOf } from '../../understand/turn-kind.ts'
import type { TurnKind } from '../../understand/turn-kind.ts'
import { askedIn } from '../asked.ts'
import { isToldIn } from '../compose/extract.ts'
import { dimensionsAsked } from '../dimensions.ts'
import type { Plan, PlanContext } from '../plan/plan.ts'
import { contentStems } from '../words.ts'

/** What tells whether a message beside goods in sight wishes for others or asks something of those: each 0 to 1. */
export interface RefersFeatures {
  /** The rules took it for a wish. */
  isSearch: number
  /** How much it sounds like a wish, and like a question about a thing, by the examples of turns. */
  wish: number
  ask: number
  find: number
  /** A listing in sight answers it. */
  answered: number
  /** It names goods that none in sight is called by. */
  others: number
  /** It is put as a question; it begins as questions about a thing do; it asks the store for one. */
  isAsking: number
  asksOfIt: number
  asksIfAny: number
  saysIt: number
  saysThe: number
  opensThe: number
  opensWhich: number
  addressesStore: number
  opensAnd: number
  /** "Ok", "hm": it closes what was spoken of. */
  opener: number
  wants: number
  some: number
  rather: number
  /** "Sold separately", "spare". */
  apart: number
  not: number
  /** It points at one by its place or by how it is. */
  isOfPlace: number
  dimension: number
  /** It asks what comes with something. */
  package: number
  /** The kind of goods that it names is sold here. */
  typeSold: number
  /** How many words of content it says, of eight. */
  length: number
}

const wishing: readonly TurnKind[] = ['find', 'narrow', 'cheaper', 'stock', 'assortment', 'advice']
const asking: readonly TurnKind[] = ['ask', 'options', 'how-to', 'reviews', 'compare', 'price', 'warranty']

/** So many are looked at for one that answers. */
const mostAsked = 6
const manyWords = 8

const yes = (is: boolean): number => (is ? 1 : 0)

/** The features of a message, beside what the rules made of it. */
export function refersFeatures(
  message: string,
  { kind, understanding: { reference } }: Plan,
  { lexicon, currency, page, shown, isNoun, isShelf, isTypeSold }: PlanContext,
): RefersFeatures {
  const { language } = lexicon
  const { code } = language
  const inSight = page ? [page] : shown
  const probabilities = turnKindOf(message, language, isNoun)?.probabilities
  const share = (kinds: readonly TurnKind[]) =>
    kinds.reduce((sum, each) => sum + (probabilities?.get(each) ?? 0), 0)
  const talk = new Set([...talkWords(language)].map((word) => lexicon.meaning(word)))
  const stems = [...new Set(contentStems(message, lexicon))]
  const names = inSight.flatMap(({ title, categories }) =>
    contentStems(`${title} ${categories.join(' ')}`, lexicon),
  )
  const others = new Set(
    stems.filter((stem) => (isNoun(stem) || isShelf?.(stem) === true) && !holdsKindOf(names, stem, code)),
  )
  const words = lexemesOf(message, code).map(({ word }) => word)
  const says = (...roles: GrammarRole[]) =>
    new RegExp(anyOf(roles.flatMap((role) => grammarOf(code)[role])), 'iu').test(message)
  const opened = opensWith(words, [['opener'], ['and']], code)
  const opens = (role: GrammarRole) => opensWith(words.slice(opened), [[role]], code) > 0
  const asked = askedIn(message, lexicon)
  return {
    isSearch: yes(kind === 'results'),
    wish: share(wishing),
    ask: share(asking),
    find: share(['find']),
    answered: yes(
      inSight.slice(0, mostAsked).some((product) => isToldIn(message, product, currency, lexicon)),
    ),
    others: yes(others.size > 0),
    isAsking: yes(isAsking(message, code)),
    asksOfIt: yes(asksOfIt(message, code)),
    asksIfAny: yes(asksIfAny(message, code)),
    saysIt: yes(saysIt(message, code)),
    saysThe: yes(saysThe(message, code)),
    opensThe: yes(opens('the')),
    opensWhich: yes(opens('which')),
    addressesStore: yes(addressesStore(message, code)),
    opensAnd: yes(opensWith(words, [['and']], code) > 0),
    opener: yes(opensWith(words, [['opener']], code) > 0),
    wants: yes(says('wants', 'likes', 'takes')),
    some: yes(says('some')),
    rather: yes(says('rather')),
    apart: yes(says('apart', 'spare')),
    not: yes(says('not', 'without')),
    isOfPlace: yes(reference?.kind === 'ordinal' || reference?.kind === 'described'),
    dimension: yes(dimensionsAsked(message, lexicon).length > 0),
    package: yes(asked.includes('package')),
    typeSold: yes(isTypeSold),
    length: Math.min(1, stems.filter((stem) => !talk.has(stem)).length / manyWords),
  }
}

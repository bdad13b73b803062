import type { Product } from '../../domain/product.ts'
import {
  addressesStore,
  asksIfAny,
  asksOfIt,
  asksWhat,
  asksWhich,
  isAsking,
  saysIt,
  saysThe,
} from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { GrammarRole } from '../../language/grammar.ts'
import { holdsKindOf } from '../../language/joined.ts'
import { messageParts } from '../../understand/message-parts.ts'
import { talkWords, turnKindOf } from '../../understand/turn-kind.ts'
import type { TurnKind } from '../../understand/turn-kind.ts'
import { isToldIn } from '../compose/extract.ts'
import { titleHeads } from '../kind.ts'
import type { Plan, PlanContext } from '../plan/plan.ts'
import { listingStems, namingStems } from '../wishes.ts'
import { contentStems } from '../words.ts'

/** What tells whether a conversation's first message wishes for goods: each 0 to 1. It knows no word of content. */
export interface FirstFeatures {
  /** What it sounds like, by the examples of turns. */
  wish: number
  ask: number
  compare: number
  advice: number
  howTo: number
  service: number
  talk: number
  notOurs: number
  deed: number
  allergy: number
  danger: number
  /** How much a part of it sounds like a wish at most, and the last one. */
  partWish: number
  lastWish: number
  /** A part that names goods sounds like a wish, and another like something else. */
  isApart: number
  parts: number
  length: number
  /** Share of its words of content that the best of a plain search says, and that its title and fields do. */
  held: number
  named: number
  /** How far the best is ahead of the second, and how many of the first lie on its shelf. */
  ahead: number
  alike: number
  /** It says what the best is called by. */
  called: number
  /** It calls a product by its name, and it names goods that this is none of. */
  isOfOne: number
  besideOne: number
  answered: number
  typeSold: number
  isAsking: number
  asksOfIt: number
  asksIfAny: number
  asksWhat: number
  asksWhich: number
  saysIt: number
  saysThe: number
  addressesStore: number
  wants: number
  some: number
  something: number
  gift: number
  own: number
  without: number
  /** What somebody has to be kept from was heard. */
  kept: number
}

const kinds: Readonly<Record<string, readonly TurnKind[]>> = {
  wish: ['find', 'narrow', 'cheaper', 'stock', 'assortment'],
  ask: ['ask', 'options', 'reviews', 'price', 'price-history'],
  service: [
    'shipping',
    'returns',
    'payment',
    'price-match',
    'warranty',
    'complaint',
    'contact',
    'store',
    'order',
  ],
  talk: ['greeting', 'thanks', 'identity'],
  deed: ['cart', 'alert', 'auto-buy', 'memory', 'recall', 'deals'],
  danger: ['self-harm', 'emergency', 'medicine', 'violence'],
}
const manyWords = 12
const manyParts = 4
/** So sure of another kind is a part of it. */
const surelyOther = 0.5

const yes = (is: boolean): number => (is ? 1 : 0)

/** The features of a first message, beside what the rules made of it and what a plain search for its words finds. */
export function firstFeatures(
  message: string,
  { understanding: { keptFrom } }: Plan,
  { lexicon, currency, named, isNoun, isShelf, isTypeSold }: PlanContext,
  plain: readonly { product: Product; score: number }[],
): FirstFeatures {
  const { language } = lexicon
  const { code } = language
  const sounds = (text: string) => {
    const probabilities = turnKindOf(text, language, isNoun)?.probabilities
    return (name: string) =>
      (kinds[name] ?? [name as TurnKind]).reduce((sum, kind) => sum + (probabilities?.get(kind) ?? 0), 0)
  }
  const whole = sounds(message)
  const parts = messageParts(message, language).map(({ text }) => {
    const share = sounds(text)
    const wish = share('wish')
    return {
      wish,
      isOther: 1 - wish > surelyOther && share('find') < surelyOther,
      namesGoods: contentStems(text, lexicon).some((stem) => isNoun(stem) || isShelf?.(stem) === true),
    }
  })
  const talk = new Set([...talkWords(language)].map((word) => lexicon.meaning(word)))
  const stems = [...new Set(contentStems(message, lexicon))]
  const said = stems.filter((stem) => !talk.has(stem))
  const [best, second] = plain
  const share = (held: ReadonlySet<string> | undefined) =>
    held === undefined || stems.length === 0
      ? 0
      : stems.filter((stem) => held.has(stem) || holdsKindOf(held, stem, code)).length / stems.length
  const own = named && [...titleHeads(named, lexicon), ...contentStems(named.title, lexicon)]
  const says = (...roles: GrammarRole[]) =>
    new RegExp(anyOf(roles.flatMap((role) => grammarOf(code)[role])), 'iu').test(message)
  return {
    wish: whole('wish'),
    ask: whole('ask'),
    compare: whole('compare'),
    advice: whole('advice'),
    howTo: whole('how-to'),
    service: whole('service'),
    talk: whole('talk'),
    notOurs: whole('not-ours'),
    deed: whole('deed'),
    allergy: whole('allergy'),
    danger: whole('danger'),
    partWish: Math.max(0, ...parts.map(({ wish }) => wish)),
    lastWish: parts.at(-1)?.wish ?? 0,
    isApart: yes(
      parts.some(({ wish, namesGoods }) => namesGoods && wish > surelyOther) &&
        parts.some(({ isOther }) => isOther),
    ),
    parts: Math.min(1, parts.length / manyParts),
    length: Math.min(1, said.length / manyWords),
    held: share(best && listingStems(best.product, lexicon)),
    named: share(best && namingStems(best.product, lexicon)),
    ahead: best === undefined ? 0 : 1 - (second?.score ?? 0) / best.score,
    alike:
      best === undefined
        ? 0
        : plain.filter(({ product }) => product.categories.at(-1) === best.product.categories.at(-1)).length /
          plain.length,
    called: yes(
      best !== undefined && stems.some((stem) => holdsKindOf(titleHeads(best.product, lexicon), stem, code)),
    ),
    isOfOne: yes(named !== null),
    besideOne: yes(
      own !== null &&
        stems.some((stem) => (isNoun(stem) || isShelf?.(stem) === true) && !holdsKindOf(own, stem, code)),
    ),
    answered: yes(
      [named ?? best?.product].some(
        (product) => product !== undefined && isToldIn(message, product, currency, lexicon),
      ),
    ),
    typeSold: yes(isTypeSold),
    isAsking: yes(isAsking(message, code)),
    asksOfIt: yes(asksOfIt(message, code)),
    asksIfAny: yes(asksIfAny(message, code)),
    asksWhat: yes(asksWhat(message, code)),
    asksWhich: yes(asksWhich(message, code)),
    saysIt: yes(saysIt(message, code)),
    saysThe: yes(saysThe(message, code)),
    addressesStore: yes(addressesStore(message, code)),
    wants: yes(says('wants', 'likes')),
    some: yes(says('some')),
    something: yes(says('something')),
    gift: yes(says('gift')),
    own: yes(says('own')),
    without: yes(says('without')),
    kept: yes(keptFrom.length > 0),
  }
}

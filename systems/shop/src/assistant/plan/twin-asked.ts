import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { addressesStore, asksOfIt, asksWhich, isAskingWord, saysIt } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { asksSum } from '../../understand/sum.ts'
import { comparesCosts, findLower } from '../../understand/lower.ts'
import { isSuperlative } from '../../understand/superlative.ts'
import { talkWords } from '../../understand/turn-kind.ts'
import { tokenize } from '../../understand/text.ts'
import type { Token } from '../../understand/text.ts'
import { comparativeIn, measuredOneIn } from '../by-measure.ts'
import { beyond } from '../twin-order.ts'
import type { TwinOrder } from '../twin-order.ts'
import { isCalled, titleWords } from '../twins.ts'
import type { TwinMeant, TwinsInSight } from '../twins.ts'
import { measureAllowed, measuresOfUser } from '../whose-measure.ts'
import { isOfOne } from './of-one.ts'
import type { PlanContext } from './plan.ts'
import { besidePhrase } from './beside-phrase.ts'
import { twinByValue } from './twin-by-value.ts'

/** What a message that means a twin may sound like. */
const mayMean: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'product-question',
  'review-question',
  'compare',
  'not-ours',
  'chat',
  'advice',
  'assortment',
  'add-to-cart',
  'alert',
])

/** The product whose near twins a message may mean: what it calls, else what is looked at. Null where nothing is in sight. */
export function twinsWantedOf(message: string, context: PlanContext): Product | null {
  const { page, shown, list, lookedAt, focusId, named, lexicon, isNoun } = context
  const focus = page ?? shown.find(({ id }) => id === focusId) ?? shown[0] ?? null
  const seen = [...(focus ? [focus] : []), ...lookedAt, ...shown, ...list]
  if (named !== null && (seen.some(({ id }) => id === named.id) || comparativeIn(message, lexicon) !== null))
    return named
  const nouns = tokenize(message, lexicon).flatMap(({ stem }) => (isNoun(stem) ? stem : []))
  const isNamed = (product: Product) => nouns.some((noun) => isCalled(product, noun, lexicon))
  return focus === null || isNamed(focus) ? focus : (seen.find(isNamed) ?? focus)
}

/**
 * The near twin of what is in sight that a message means: by what it has more or less of ("a bit smaller", "the older one"), by whom it is for ("gibt es
 * das auch in seiner Größe, er ist 1,84 m?"), or by a value that tells it from what is in sight ("in king", "the mini one", "der mit 4,5 Litern"). Null
 * where it means none, or none is so.
 */
export function twinMeant(
  message: string,
  { intent, keptFrom }: Pick<Understanding, 'intent' | 'keptFrom'>,
  context: PlanContext,
): TwinMeant | null {
  const { twins: inSight, named, shown, lexicon } = context
  if (!inSight || inSight.twins.length === 0 || keptFrom.length > 0 || !mayMean.has(intent)) return null
  if (context.isRead === true || context.isSettled === true || asksWhich(message, lexicon.language.code))
    return null
  const isOtherInSight =
    named !== null && named.id !== inSight.of.id && shown.some(({ id }) => id === named.id)
  // "2 of the green and one of the steel, total?", "does it cost less than the blue one?"
  const { language } = lexicon
  if (isOtherInSight || asksSum(message, language) !== null || comparesCosts(message, language.code))
    return null
  const ordered = byOrder(message, inSight, context)
  if (ordered !== null || intent === 'compare') return ordered
  return (
    byUser(message, inSight, context) ??
    otherTwin(message, inSight, context) ??
    twinByValue(message, inSight, context)
  )
}

/** "The other one", of a thing that has one nearest twin, or of which one was looked at before. */
function otherTwin(
  message: string,
  { of, twins }: TwinsInSight,
  { list, shown, lookedAt, lexicon }: PlanContext,
): TwinMeant | null {
  const said = new RegExp(anyOf(grammarOf(lexicon.language.code)['other-one']), 'iu').exec(message)?.[0]
  if (said === undefined || Math.max(list.length, shown.length) > 1) return null
  const [first, second] = twins
  const isNearest = first !== undefined && (second === undefined || second.apart > first.apart)
  const before = lookedAt.find(({ id }) => id !== of.id)
  const isTwin = twins.some(({ product }) => product.id === before?.id)
  const start = message.indexOf(said)
  const product = isTwin ? before : before === undefined && isNearest ? first.product : undefined
  return product === undefined
    ? null
    : { product, rest: besidePhrase(message, start, start + said.length, lexicon), isWish: false }
}

interface OrderSaid {
  order: TwinOrder
  said: string
  /** It points at the one that is so: "the bigger one". */
  isLed: boolean
  /** Of several it is the one that has the most or the least of it, and not the next. */
  isOfAll: boolean
}

/** "A bit smaller", "the lighter one", "die ältere": by what it has more or less of. */
function byOrder(message: string, inSight: TwinsInSight, context: PlanContext): TwinMeant | null {
  const { of } = inSight
  const { lexicon } = context
  const found = orderIn(message, context)
  if (found === null) return null
  const { order, said, isLed, isOfAll } = found
  const start = message.toLowerCase().indexOf(said.toLowerCase())
  const end = start + said.length
  if (isLed ? namesOther(message, of, end, context) : !isWishFor(message, of, end, context)) return null
  const next = nextBeyond(inSight, order, isOfAll, lexicon)
  const rest = besidePhrase(message, start, end, lexicon)
  if (next !== null) return { product: next, rest, isWish: !isLed }
  // "The newer one", of which it is the newer itself.
  const isItself = isLed && nextBeyond(inSight, { ...order, isMore: !order.isMore }, false, lexicon) !== null
  return isItself ? { product: of, rest, isWish: false } : null
}

/** The nearest twin that lies beyond what is in sight in an order: the next, or the one that is so most of all. */
function nextBeyond(
  { of, twins }: TwinsInSight,
  order: TwinOrder,
  isOfAll: boolean,
  lexicon: Lexicon,
): Product | null {
  const [next] = twins
    .flatMap(({ product, apart }) => {
      const step = beyond(product, of, order, lexicon)
      return step === null ? [] : [{ product, apart, step }]
    })
    .toSorted((a, b) => a.apart - b.apart || (isOfAll ? b.step - a.step : a.step - b.step))
  return next?.product ?? null
}

/**
 * The word by which a message wishes for more or less of a measure than what is in sight has ("do you do it even smaller?"), with what it is. Null where it
 * wishes for none, or no twins of it are listed.
 */
export function beyondTwins(
  message: string,
  { intent }: Pick<Understanding, 'intent'>,
  context: PlanContext,
): { of: Product; said: string } | null {
  const { twins: inSight } = context
  const found = orderIn(message, context)
  if (!inSight || inSight.twins.length === 0 || !mayMean.has(intent) || found === null || found.isLed)
    return null
  if (
    context.isRead === true ||
    context.isSettled === true ||
    asksWhich(message, context.lexicon.language.code)
  )
    return null
  const end = message.toLowerCase().indexOf(found.said) + found.said.length
  return isWishFor(message, inSight.of, end, context) ? { of: inSight.of, said: found.said } : null
}

function orderIn(message: string, { shown, lexicon }: PlanContext): OrderSaid | null {
  const { code } = lexicon.language
  const grammar = grammarOf(code)
  const isMost = isSuperlative(message, code)
  // The most of all that was found orders a list.
  if (isMost && shown.length > 1) return null
  const comparative = comparativeIn(message, lexicon)
  const led = measuredOneIn(message, lexicon)
  if (led !== null)
    return {
      order: { by: led.measure, isMore: led.isMore },
      said: led.said,
      isLed: true,
      isOfAll: isMost || comparative === null,
    }
  const lower = findLower(message, code)
  const at = comparative === null ? -1 : message.toLowerCase().indexOf(comparative.said)
  // "Mindre dyr" is of the price.
  const isOfPrice = lower !== null && at >= lower.start && at < lower.end
  const isHeldAgainst = new RegExp(anyOf(grammar.against), 'iu').test(message)
  if (comparative !== null)
    return isOfPrice || isHeldAgainst || isMost
      ? null
      : {
          order: { by: comparative.measure, isMore: comparative.isMore },
          said: comparative.said,
          isLed: false,
          isOfAll: false,
        }
  for (const [isMore, adjectives, models] of [
    [true, grammar.newer, grammar.successor],
    [false, grammar.older, grammar.predecessor],
  ] as const) {
    const pointing = anyOf([...grammar.the, ...grammar.this, ...grammar.article])
    const model = String.raw`(?:${models.map((phrase) => phrase.replace('…', '')).join('|')})\p{L}*`
    const one = String.raw`(?:\s+ones?(?![\p{L}\p{N}]))?`
    const said = new RegExp(`${pointing}\\s+(?:${anyOf(adjectives)}${one}|${model})`, 'iu').exec(message)?.[0]
    if (said !== undefined) return { order: { by: 'model', isMore }, said, isLed: true, isOfAll: false }
  }
  return null
}

/** Whether a word right behind a place of a message names something else than a product: "a bigger screen", "der ältere Herr". */
function namesOther(message: string, of: Product, at: number, context: PlanContext): boolean {
  const { lexicon } = context
  const next = tokenize(message, lexicon).find(({ start }) => start >= at)
  return next !== undefined && !next.breakBefore && next.kind === 'word' && !isLittle(next, of, context)
}

/** Whether a message wishes for one that has more or less of a measure, and names no other goods: no "is it bigger?", no "a bigger screen". */
function isWishFor(message: string, of: Product, at: number, context: PlanContext): boolean {
  const { lexicon, isNoun } = context
  const { code } = lexicon.language
  if (namesOther(message, of, at, context)) return false
  const tokens = tokenize(message, lexicon)
  const next = tokens.find(({ start }) => start >= at)
  const start = tokens.findIndex(({ end }) => end >= at)
  const isOne =
    next?.isSizeWord === true ||
    /^ones?$/.test(next?.word ?? '') ||
    // "Finns det en större?"
    grammarOf(code).some.some((article) => fold(article) === tokens[start - 1]?.word)
  if (asksOfIt(message, code) && saysIt(message, code) && !addressesStore(message, code) && !isOne)
    return false
  const asksHowMuch = new RegExp(String.raw`${anyOf(grammarOf(code)['how-many'])}\s+\S+$`, 'iu')
  if (asksHowMuch.test(message.slice(0, at))) return false
  const clause = clauseBefore(tokens, at)
  return (
    clause.every(
      ({ word, stem, end }) =>
        end === at ||
        lexicon.isFunctionWord(word) ||
        !isNoun(stem) ||
        isCalled(of, stem, lexicon) ||
        titleWords(of, lexicon).has(stem),
    ) &&
    !isChosenInSizes(of, lexicon) &&
    isOfOne(message, of, context)
  )
}

/** The tokens of the clause that ends a word at a place. */
function clauseBefore(tokens: readonly Token[], at: number): Token[] {
  const place = tokens.findIndex(({ end }) => end >= at)
  const start = tokens.findLastIndex(({ breakBefore }, index) => breakBefore && index <= place)
  const end = tokens.findIndex(({ breakBefore }, index) => breakBefore && index > place)
  return tokens.slice(Math.max(0, start), end === -1 ? tokens.length : end)
}

/** Whether a product can itself be had in several sizes: who asks for a bigger one is told which there are. */
function isChosenInSizes({ variants }: Product, lexicon: Lexicon): boolean {
  const names = new Set(variants.flatMap(({ options }) => Object.keys(options)))
  return [...names].some(
    (name) =>
      new Set(variants.map(({ options }) => options[name])).size > 1 &&
      tokenize(name, lexicon).some(({ isSizeWord }) => isSizeWord),
  )
}

/** Words that name nothing but what is in sight. */
function isLittle({ word, stem, isSizeWord }: Token, of: Product, { lexicon }: PlanContext): boolean {
  const { language } = lexicon
  return (
    isSizeWord ||
    /^ones?$/.test(word) ||
    lexicon.isFunctionWord(word) ||
    language.isRequestWord(word) ||
    isAskingWord(word, language.code) ||
    talkWords(language).has(word) ||
    isCalled(of, stem, lexicon) ||
    titleWords(of, lexicon).has(stem)
  )
}

/** "In his size, he is 1.84 m": by whom it is for, where what is in sight is for others. */
function byUser(message: string, { of, twins }: TwinsInSight, { lexicon }: PlanContext): TwinMeant | null {
  if (!tokenize(message, lexicon).some(({ isSizeWord }) => isSizeWord)) return null
  // "1,84" alone is how tall somebody is, in metres.
  const tokens = tokenize(message, lexicon)
  const said = tokens.reduceRight(
    (text, { word, end }, at) =>
      /^[12][.,]\d\d$/.test(word) && (tokens[at + 1]?.unit == null || tokens[at + 1]?.breakBefore)
        ? `${text.slice(0, end)} m${text.slice(end)}`
        : text,
    message,
  )
  for (const measure of measuresOfUser(said, lexicon)) {
    const family = [of, ...twins.map(({ product }) => product)]
    const allowed = family.map((product) => measureAllowed(product, measure, lexicon)?.isKept)
    const fitting = family[allowed.indexOf(true)]
    if (fitting !== undefined && allowed.includes(false)) return { product: fitting, rest: '', isWish: true }
  }
  return null
}

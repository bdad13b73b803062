import type { Understanding } from '../../domain/constraints.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import type { Product } from '../../domain/product.ts'
import { afterAll, askedIn } from '../asked.ts'
import { asksByMeasuring, dimensionsAsked } from '../dimensions.ts'
import { sideAsked } from '../sides.ts'
import { asksPrice } from '../compose/price-answer.ts'
import { contentStems } from '../words.ts'
import { fold } from '../../language/fold.ts'
import { grammarOf } from '../../language/grammar.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { headOf } from '../../language/nouns.ts'
import { offeredIn } from '../../understand/offered.ts'
import { findPriceShare } from '../../understand/relative-price.ts'
import {
  addressesStore,
  asksOfIt,
  asksOfThing,
  asksWhat,
  asksWhich,
  isAsking,
  isAskingWord,
  opensWith,
  saysIt,
  saysMust,
  saysThe,
} from '../../language/asking.ts'
import { clausesOf } from '../../understand/clauses.ts'
import { isAnsweredBy } from '../compose/extract.ts'
import { askedDirectly } from './asked-directly.ts'
import { lessOf } from './less-of.ts'
import { goodsForIt, otherGoods } from './other-goods.ts'
import { companion, isFieldAlone, namesChoice, namesField, otherThing } from './names-part.ts'
import { settledByWords } from './settled-by-words.ts'
import { listOf, productsAsked } from './subjects.ts'
import { tokenize } from '../../understand/text.ts'
import { isToldBy, speaksOf, talkWords } from '../../understand/turn-kind.ts'
import type { TurnKind } from '../../understand/turn-kind.ts'
import { asksForAnother, namesOtherNoun, saysOnlyColours, saysOnlyMadeOf } from './effective-search.ts'
import { isSuperlative } from '../../understand/superlative.ts'
import type { PlanContext } from './plan.ts'

/** Intents that rest on how a message sounds and give way to what the catalog knows of its words. */
const soft: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'advice',
  'not-ours',
  'chat',
  'review-question',
  'compare',
])

/**
 * The intent, mended by what is in sight and in the catalog: a message that names a field or a choice of the product in sight asks about
 * it, whatever it sounds like ("rise?"), and one that names a shelf of the store does not ask for something else than goods.
 */
export function settleIntent(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): Understanding {
  const { intent, reference } = understanding
  // What the shop itself offers to be asked means what it says.
  if (offeredIn(message, context.lexicon.language) !== null) return understanding
  const direct = askedDirectly(message, understanding, context)
  if (direct !== null) return direct
  const less = context.previous === null ? null : lessOf(message, context.lexicon)
  if (less !== null)
    return {
      ...understanding,
      intent: 'narrow',
      topic: null,
      reference: null,
      productType: null,
      searchText: '',
      constraints: [{ kind: 'unnamed', words: less, text: less }],
    }
  // "Which of them has no lavender?" rules out what has, of what was looked for.
  if (
    (intent === 'search' || intent === 'narrow') &&
    understanding.constraints.some(
      (one) => one.kind === 'unnamed' || (one.kind === 'facet' && one.negated),
    ) &&
    asksWhich(message, context.lexicon.language.code)
  )
    return context.previous === null || context.isTypeSold
      ? understanding
      : { ...understanding, intent: 'narrow', topic: null, reference: null }
  // "And it must work on induction" says how what was looked for has to be, and asks nothing.
  if (
    (soft.has(intent) || intent === 'product-question' || intent === 'how-to') &&
    context.previous !== null &&
    context.page === null &&
    context.named === null &&
    saysMust(message, context.lexicon.language.code) &&
    !(context.isTypeSold && namesOtherNoun(understanding, context.previous, context))
  )
    return { ...understanding, intent: 'narrow', topic: null, reference: null }
  // "I don't want it in orange" asks no listing for its colours.
  if (
    (intent === 'search' || intent === 'narrow') &&
    context.previous !== null &&
    !context.isTypeSold &&
    understanding.constraints.some((one) => one.kind === 'facet' && one.negated) &&
    !isAsking(message, context.lexicon.language.code)
  )
    return { ...understanding, intent: 'narrow', topic: null, reference: null }
  // "Who designed the Wren Desk Lamp?" asks nobody who they are.
  if (context.named !== null && intent === 'chat' && askedIn(message, context.lexicon).length > 0)
    return { ...understanding, intent: 'product-question', topic: null, reference: null }
  // "I saw the Wren Desk Lamp in your shop" is about the lamp, whatever else it sounds like.
  if (context.named !== null && isAboutStoreAtLarge(understanding))
    return { ...understanding, intent: 'search', topic: null, reference: null }
  // "Half of that" beside something in sight is a wish for its price, whatever it sounds like.
  const isShare =
    (context.shown.length > 0 || context.page !== null) &&
    context.previous !== null &&
    findPriceShare(message, context.lexicon.language.code) !== null
  if (isShare && (soft.has(intent) || intent === 'product-question'))
    return { ...understanding, intent: 'narrow', topic: null, reference: null }
  // "Forget it, shelves" drops the last wish and names another.
  if (intent === 'memory' && context.isCategoryNamed && /^\W*forget (?:it|that)\b/i.test(message))
    return { ...understanding, intent: 'search', topic: null }
  const settled = settledByWords(message, understanding, context)
  if (settled !== null) return settled
  // "Lo tienes en negro?" asks for those that are, where what is looked at alone says nothing of it.
  if (
    (soft.has(intent) || intent === 'product-question') &&
    context.previous !== null &&
    reference?.kind !== 'described' &&
    reference?.kind !== 'ordinal' &&
    (saysOnlyColours(message, context.lexicon) || saysOnlyMadeOf(message, context.lexicon))
  ) {
    const seen = productInSight(context)
    const { code } = context.lexicon.language
    const isOfIt =
      seen !== null &&
      // "Do you have it in blue?" is content with another that is.
      ((asksOfThing(message, code) && !addressesStore(message, code)) ||
        hasColours(seen, context.lexicon) ||
        holdsOneOf(contentStems(message, context.lexicon), seen, context))
    return isOfIt
      ? { ...understanding, intent: 'product-question', topic: null }
      : { ...understanding, intent: 'narrow', topic: null, reference: null }
  }
  // "Do they change colour?" beside lamps is about those.
  if (
    intent === 'not-ours' &&
    understanding.topic === 'unsure' &&
    (reference?.kind === 'this' || reference?.kind === 'those') &&
    (context.shown.length > 0 || context.page !== null)
  )
    return { ...understanding, intent: 'product-question', topic: null }
  // "What is the host interface?" names a field of the product in sight.
  const [seen] = intent === 'not-ours' ? [productInSight(context)] : []
  if (seen && namesField(contentStems(message, context.lexicon), seen, context, 2))
    return { ...understanding, intent: 'product-question', topic: null }
  if (intent === 'not-ours' && context.namesGoods) {
    const productType = isGoneWith(message, understanding.productType, context)
      ? null
      : understanding.productType
    return { ...understanding, intent: 'search', topic: null, productType }
  }
  const other =
    companion(message, context) ??
    (intent === 'product-question' && understanding.topic === 'price' ? otherThing(message, context) : null)
  if (other !== null)
    return {
      ...understanding,
      intent: 'search',
      topic: null,
      searchText: other,
      productType: other,
      constraints: [],
      reference: null,
    }
  const mayAsk = soft.has(intent) || intent === 'product-question'
  const beside = mayAsk ? goodsForIt(message, context) : null
  if (beside !== null)
    return {
      ...understanding,
      intent: 'search',
      topic: null,
      // Of the bags those that say something of cameras.
      searchText: `${beside.name} ${beside.kind}`.trim(),
      productType: beside.name,
      constraints: understanding.constraints.filter(({ kind }) => kind !== 'facet'),
      reference: null,
    }
  // "And which conditioner goes with it?", after shampoos, asks for conditioners.
  const wanted = mayAsk ? otherGoods(message, context) : null
  if (wanted !== null)
    return {
      ...understanding,
      intent: 'search',
      topic: null,
      reference: null,
      searchText: `${wanted.name} ${wanted.kind}`.trim(),
      productType: wanted.name,
    }
  // "E uma frigideira", however it sounds, asks for one.
  if (
    (soft.has(intent) || intent === 'product-question') &&
    context.previous !== null &&
    !isAsking(message, context.lexicon.language.code) &&
    asksForAnother(message, understanding, context.previous, context)
  )
    return { ...understanding, intent: 'search', topic: null, reference: null }
  // "Does it come with a memory card?" asks for none of the memory cards.
  const asksOfThis =
    reference?.kind === 'this' ||
    reference?.kind === 'those' ||
    (asksOfIt(message, context.lexicon.language.code) && saysIt(message, context.lexicon.language.code))
  const inOtherWords = askedIn(message, context.lexicon)
  // "Qu'est-ce qu'il y a dedans ?", "elle vient d'où ?": what listings are asked in such words, of the thing in sight.
  if (
    productsMeant(context)[0] !== undefined &&
    (!context.isTypeSold || asksOfThis) &&
    (soft.has(intent) ||
      intent === 'how-to' ||
      (intent === 'allergy' && understanding.keptFrom.length === 0)) &&
    inOtherWords.some((name) => !afterAll.has(name) || (name === 'package' && asksOfThis))
  )
    return {
      ...understanding,
      intent: 'product-question',
      topic: null,
      reference: reference ?? { kind: 'this' },
    }
  // "What are the felt slippers made of?" asks what listings are asked, of goods that it calls.
  if (
    intent === 'search' &&
    reference === null &&
    isAsking(message, context.lexicon.language.code) &&
    saysThe(message, context.lexicon.language.code) &&
    !addressesStore(message, context.lexicon.language.code) &&
    !isSuperlative(message, context.lexicon.language.code) &&
    asksWhat(message, context.lexicon.language.code) &&
    !asksWhich(message, context.lexicon.language.code) &&
    inOtherWords.length > 0
  )
    return { ...understanding, intent: 'product-question', topic: null }
  // "And something for the hands that leaves no grease?" wishes for goods, whatever it sounds like.
  const wishesSomething = context.named === null && opensWithSomething(message, context.lexicon)
  if (intent === 'product-question' && wishesSomething)
    return { ...understanding, intent: 'search', topic: null, reference: null }
  // "Tem cerveja artesanal?", where nothing is in sight that could have it, asks for some.
  if (asksIfThere(message, understanding, context))
    return { ...understanding, intent: 'search', topic: null, reference: null }
  if (!wishesSomething && asksOfWhatIsAtHand(message, understanding, context))
    return { ...understanding, intent: 'product-question', topic: null }
  // "Which of them is red?" asks for the red ones of what was looked for.
  if (
    context.previous !== null &&
    context.list.length > 0 &&
    (intent === 'compare' || intent === 'product-question' || intent === 'search') &&
    asksWhichHave(message, understanding, context)
  )
    return { ...understanding, intent: 'narrow', topic: null, reference: null }
  // "Which sizes are there?" beside several asks it of each.
  if (
    context.page === null &&
    context.shown.length > 1 &&
    reference === null &&
    (soft.has(intent) || intent === 'product-question') &&
    asksWhich(message, context.lexicon.language.code) &&
    !isSuperlative(message, context.lexicon.language.code) &&
    asksOfChoice(message, context.lexicon)
  )
    return { ...understanding, intent: 'product-question', topic: null, reference: { kind: 'those' } }
  if (asksWhichOfThose(message, understanding, context))
    return {
      ...understanding,
      intent: 'compare',
      topic: null,
      reference: reference?.kind === 'those' ? reference : null,
    }
  // "And its warranty type?" asks for a field, not for the store's rules.
  const [field] = intent === 'service' ? [productInSight(context)] : []
  if (field && namesField(contentStems(message, context.lexicon), field, context, 2))
    return { ...understanding, intent: 'product-question', topic: null }
  // "Ok then a sofa" takes leave of nobody: all that it says beside talk is the name of goods.
  if (
    intent === 'chat' &&
    understanding.topic !== 'identity' &&
    context.isTypeSold &&
    saysOnlyGoods(message, understanding, context)
  )
    return { ...understanding, intent: 'search', topic: null }
  // "What lamps do you sell?" asks for lamps.
  if (
    intent === 'assortment' &&
    (context.isTypeSold || namesGoods(understanding.productType ?? understanding.searchText, context))
  )
    return { ...understanding, intent: 'search' }
  if (
    (intent === 'not-ours' || intent === 'chat') &&
    context.isTypeSold &&
    asksPrice(message, context.lexicon.language)
  )
    return { ...understanding, intent: 'product-question', topic: 'price' }
  // "Does it contain alcohol?" is answered by its listing; nobody was said to be kept from it.
  const [meant] = intent === 'allergy' && understanding.keptFrom.length === 0 ? productsMeant(context) : []
  if (meant && reference?.kind === 'this')
    return { ...understanding, intent: 'product-question', topic: null }
  // "Das zweite bitte" points at one that is shown, and says nothing else.
  if (
    reference?.kind === 'ordinal' &&
    context.shown.length > 1 &&
    intent !== 'compare' &&
    (soft.has(intent) || intent === 'product-question' || intent === 'assortment') &&
    contentStems(message, context.lexicon).length <= 2 &&
    context.lexicon.language.code !== 'en' &&
    !asksByMeasuring(message, context.lexicon)
  )
    return { ...understanding, intent: 'search', topic: null }
  if (!soft.has(intent)) return understanding
  const inSight = productInSight(context)
  const asked = contentStems(message, context.lexicon)
  if (inSight && reference?.kind !== 'relative' && reference?.kind !== 'those' && asked.length <= 6) {
    const isChoice =
      (intent !== 'narrow' || context.shown.length <= 1) &&
      intent !== 'compare' &&
      namesChoice(asked, inSight, context)
    const isField =
      intent !== 'compare' && intent !== 'review-question' && namesField(asked, inSight, context)
    // A field of several words ("host interface"), or one that is asked for alone ("type?"), is no kind of goods.
    const isFieldAsked =
      isField &&
      (namesField(asked, inSight, context, 2) ||
        (/\?\s*$/.test(message) && isFieldAlone(asked, inSight, context)))
    if (isFieldAsked || ((isField || isChoice) && !context.isTypeSold))
      return { ...understanding, intent: 'product-question', topic: null }
  }
  // "Product colour?" beside several asks it of them.
  if (
    inSight === null &&
    reference === null &&
    (intent === 'search' || intent === 'not-ours') &&
    /\?\s*$/.test(message) &&
    context.shown.some((product) => isFieldAlone(asked, product, context))
  )
    return { ...understanding, intent: 'product-question', topic: null, reference: { kind: 'those' } }
  // "For left-handed people" after mice says which mice.
  if (
    context.previous !== null &&
    (intent === 'not-ours' || intent === 'chat' || intent === 'advice' || intent === 'review-question') &&
    /^\W*(?:(?:and|but|only|or)\s+)?(?:for|with|without|in|from|under|over|below|above|at least|at most|up to)\s/i.test(
      message,
    )
  )
    return { ...understanding, intent: 'narrow', topic: null }
  if (
    context.isCategoryNamed &&
    // "Write me a poem" begins with a verb that is called like the shelf of pens.
    contentStems(understanding.productType ?? '', context.lexicon).some(
      (word) => asked.indexOf(word) !== 0 || asked.length <= 2,
    ) &&
    // "Are you a human or a computer?" asks for none of the computers.
    (intent === 'not-ours' || (intent === 'chat' && understanding.topic !== 'identity'))
  )
    return { ...understanding, intent: 'search', topic: null }
  // "Hello, could you help me pick a memory module?" greets, and asks for what goods are called.
  const noun = headOf(
    contentStems(understanding.productType ?? '', context.lexicon),
    context.lexicon.language,
  )
  if (intent === 'chat' && understanding.topic === 'greeting' && noun !== undefined && context.isNoun(noun))
    return { ...understanding, intent: 'search', topic: null }
  return understanding
}

/** Whether a clause of a message begins with "something", and says more than that. */
function opensWithSomething(message: string, { language }: Lexicon): boolean {
  return clausesOf(message).some(({ text }) => {
    const said = lexemesOf(text, language.code).map(({ word }) => word)
    const from = opensWith(said, [['opener'], ['and'], ['rather']], language.code)
    const taken = opensWith(said.slice(from), [['something']], language.code)
    return taken > 0 && said.length > from + taken
  })
}

/** Whether a message asks if there is what it names: nothing is in sight or called, and it speaks of nothing known ("the", "it") and asks no what or how. */
function asksIfThere(message: string, understanding: Understanding, context: PlanContext): boolean {
  const { intent, topic, reference, productType } = understanding
  const { code } = context.lexicon.language
  return (
    intent === 'product-question' &&
    topic === null &&
    reference === null &&
    productType !== null &&
    context.page === null &&
    context.shown.length === 0 &&
    context.mentions.length === 0 &&
    isAsking(message, code) &&
    !asksWhat(message, code) &&
    !asksOfIt(message, code) &&
    !saysThe(message, code) &&
    !saysIt(message, code)
  )
}

/**
 * Whether a message asks something of what is in sight: it is put as a question, names no other goods, and a listing in sight answers it; or
 * it begins as questions about a thing do ("is it …", "funciona con …").
 */
function asksOfWhatIsAtHand(message: string, understanding: Understanding, context: PlanContext): boolean {
  const { lexicon, currency } = context
  const { intent, topic, reference } = understanding
  const { code } = lexicon.language
  const inSight = context.page ? [context.page] : context.shown
  const isOpen =
    soft.has(intent) ||
    (intent === 'service' && (topic === 'warranty' || topic === 'complaint')) ||
    (intent === 'allergy' && understanding.keptFrom.length === 0)
  if (inSight.length === 0 || !isOpen || reference?.kind === 'relative') return false
  if (intent === 'compare' || intent === 'review-question') return false
  if (intent === 'chat' && topic === 'identity') return false
  if (context.shown.length > 1 && asksWhich(message, code)) return false
  if (!isAsking(message, code) || isSuperlative(message, code) || asksPrice(message, lexicon.language))
    return false
  const isOfIt = asksOfIt(message, code)
  if (!isOfIt && namesOtherGoods(message, inSight, context)) return false
  const asked = productsAsked(message, context)
  if (asked.some((product) => isAnsweredBy(message, product, currency, lexicon))) return true
  // "How long does delivery take?" is for the store to say, whatever is in sight.
  if (isToldBy(message, ofStore, lexicon.language)) return false
  if (intent === 'service' || intent === 'allergy' || namesOtherGoods(message, inSight, context)) return false
  // "How long does the battery last?" beside a product, in words that no goods are called by, is asked of it, whatever its listing says.
  return (
    isOfIt ||
    ((intent === 'search' || intent === 'narrow' || intent === 'not-ours') && asksOfThing(message, code))
  )
}

/** Whether a message asks which of several in sight is the one ("which lasts longest", "dessas qual a maior"), and names no other goods. */
function asksWhichOfThose(
  message: string,
  { intent, reference }: Understanding,
  context: PlanContext,
): boolean {
  const among = listOf(context)
  // "And which sizes", of the one that is looked at.
  const isOfChoice =
    context.shown.length === 1 &&
    !isSuperlative(message, context.lexicon.language.code) &&
    asksOfChoice(message, context.lexicon)
  return (
    among.length > 1 &&
    !isOfChoice &&
    context.page === null &&
    (soft.has(intent) || intent === 'product-question') &&
    reference?.kind !== 'this' &&
    reference?.kind !== 'relative' &&
    asksWhich(message, context.lexicon.language.code) &&
    // "Which circumference does it have?"
    (reference?.kind === 'those' || !saysIt(message, context.lexicon.language.code)) &&
    !namesOtherGoods(message, among, context) &&
    // "Which has the higher net weight?" asks which, and for no field of one.
    (isMoreOfMeasure(message, context.lexicon) ||
      !namesField(contentStems(message, context.lexicon), among[0] as Product, context))
  )
}

/** Whether a message asks for the most or the least of a measure: "which has the higher net weight". */
const isMoreOfMeasure = (message: string, lexicon: Lexicon): boolean =>
  isSuperlative(message, lexicon.language.code) && dimensionsAsked(message, lexicon).length > 0

/** Whether a message says nothing else than which sizes, colours or the like it asks for. */
function asksOfChoice(message: string, lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  const sizes = new Set(grammarOf(code).size.map((phrase) => fold(phrase)))
  const said = lexemesOf(message, code).filter(
    ({ kind, word }) => kind === 'word' && !lexicon.isFunctionWord(word) && !isAskingWord(word, code),
  )
  return (
    said.length > 0 && said.every(({ word }) => sizes.has(word) || dimensionsAsked(word, lexicon).length > 0)
  )
}

/** What is asked of the store, not of a product. */
const ofStore: readonly TurnKind[] = [
  'shipping',
  'returns',
  'payment',
  'price-match',
  'contact',
  'store',
  'order',
]

/** Whether a message names goods of the catalog that none of some products is called by. */
function namesOtherGoods(
  message: string,
  products: readonly Product[],
  { isNoun, lexicon }: PlanContext,
): boolean {
  const own = new Set(
    products.flatMap(({ title, categories }) => contentStems(`${title} ${categories.join(' ')}`, lexicon)),
  )
  return contentStems(message, lexicon).some((stem) => isNoun(stem) && !own.has(stem))
}

/** Whether a product can be had in several colours, so that it says in which not. */
const hasColours = ({ variants }: Product, lexicon: Lexicon): boolean => {
  const choices = variants.flatMap(({ options }) => Object.entries(options))
  const ofColour = choices.find(([, value]) => saysOnlyColours(value, lexicon))?.[0]
  return new Set(choices.flatMap(([name, value]) => (name === ofColour ? value : []))).size > 1
}

/** Whether a listing, but for its prose, holds one of some words. */
const holdsOneOf = (
  stems: readonly string[],
  { title, attributes, variants }: Product,
  { lexicon }: PlanContext,
): boolean => {
  const naming = [
    title,
    ...Object.values(attributes).flat(),
    ...variants.flatMap(({ options }) => Object.values(options)),
  ]
  const held = new Set(contentStems(naming.join(' '), lexicon))
  return stems.some((stem) => held.has(stem))
}

/** Whether a message asks which of several have a quality, and not which has the most of it, costs least or is to be recommended. */
function asksWhichHave(message: string, understanding: Understanding, context: PlanContext): boolean {
  const { lexicon } = context
  if (!/^\W*(?:and\s+)?which\s+(?:ones?|of\s+(?:them|these|those))\b/i.test(message)) return false
  if (isSuperlative(message, lexicon.language.code) || asksPrice(message, lexicon.language)) return false
  if (dimensionsAsked(message, lexicon).length > 0 || sideAsked(message, lexicon.language) !== null)
    return false
  const talk = talkWords(lexicon.language)
  const isValue = understanding.constraints.some(({ kind }) => kind === 'facet')
  const said = lexemesOf(message).filter(({ kind, word }) => kind === 'word' && !lexicon.isFunctionWord(word))
  const isQuality = (word: string) =>
    !talk.has(word) || !speaksOf(word, ['compare', 'advice', 'cheaper'], lexicon.language)
  return isValue || (said.length <= 3 && said.some(({ word }) => isQuality(word)))
}

/** Whether a type is what the wanted thing goes with, not the thing: "what should I put in my tube feeder?" asks for no feeder. */
function isGoneWith(message: string, type: string | null, { lexicon }: PlanContext): boolean {
  const stems = contentStems(type ?? '', lexicon)
  const tokens = tokenize(message, lexicon)
  const first = tokens.findIndex(({ word }) =>
    contentStems(word, lexicon).some((stem) => stems.includes(stem)),
  )
  const before = tokens.slice(0, Math.max(0, first))
  const lead = before.findLastIndex(({ lead: said }) => said !== null)
  return lead !== -1 && before.slice(lead + 1).every(({ word }) => lexicon.isFunctionWord(word))
}

/** Whether a message says nothing but the name of its goods, beside little words and words of talk. */
function saysOnlyGoods(message: string, { productType }: Understanding, { lexicon }: PlanContext): boolean {
  const type = new Set(contentStems(productType ?? '', lexicon))
  const talk = new Set(
    [...talkWords(lexicon.language)]
      .filter((word) => !lexicon.isFunctionWord(word))
      .map((word) => lexicon.meaning(word)),
  )
  const said = contentStems(message, lexicon)
  return (
    type.size > 0 &&
    said.some((stem) => type.has(stem)) &&
    said.every((stem) => type.has(stem) || (talk.has(stem) && filler.has(stem)))
  )
}

/** Words of talk before a wish. */
const filler: ReadonlySet<string> = new Set(contentStems('ok okay well alright fine good great then so hmm'))

/** Whether a type is more than the words that shoppers talk with ("products", "things"). */
function namesGoods(type: string | null, { lexicon }: PlanContext): boolean {
  const talk = talkWords(lexicon.language)
  return lexemesOf(type ?? '').some(({ kind, word }) => kind === 'word' && !talk.has(word))
}

/** Whether it sounds like talk, like something else than goods, or like a question about the store as such. */
export function isAboutStoreAtLarge({ intent, topic }: Pick<Understanding, 'intent' | 'topic'>): boolean {
  return (
    intent === 'chat' ||
    intent === 'not-ours' ||
    (intent === 'service' && (topic === null || topic === 'store' || topic === 'contact'))
  )
}

/** The product that "it" means: the page, what was looked at last, else the first of what is shown. */
function productsMeant({ page, shown, focusId }: PlanContext): (Product | undefined)[] {
  return [page ?? shown.find(({ id }) => id === focusId) ?? shown[0]]
}

/** The one product that a bare question is about: the page, or what the last answer was about alone. */
function productInSight(context: PlanContext): Product | null {
  return context.page ?? (context.shown.length === 1 ? (context.shown[0] ?? null) : null)
}

import type { Understanding } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import {
  addressesStore,
  asksIfAny,
  asksOfIt,
  asksWhich,
  isAsking,
  opensWithThe,
  saysIt,
  saysThe,
} from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { languageOf } from '../language/language.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { lexiconOf } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { saysOwnAllergy } from '../understand/kept-from.ts'
import { comparesCosts } from '../understand/lower.ts'
import { findDescribed } from '../understand/intent.ts'
import { isNoun } from '../understand/nouns.ts'
import { isSuperlative } from '../understand/superlative.ts'
import { compileVocabulary } from '../understand/vocabulary.ts'
import { asksOfName } from './asks-of.ts'
import { cautionInSight } from './caution-in-sight.ts'
import { namesHazard } from './asks-safety.ts'
import { spokenOf } from './concerns.ts'
import type { TurnInputs } from './conversations/tables.ts'
import { runPlan } from './execute.ts'
import type { Facts, ToolCall } from './facts.ts'
import { isFirstWish, wishedIn } from './first-wish/first-wish.ts'
import { heardOf } from './other-language.ts'
import { lineCosines } from './lines/candidate-lines.ts'
import { addNear } from './near-goods.ts'
import { Phrases } from './phrases.ts'
import { fitAsked } from './parts/fit-asked.ts'
import { partsWanted } from './parts/parts-wanted.ts'
import { withoutThatOne } from './plan/not-that-one.ts'
import { comparesDegree, comparesToSight, comparesWith, namesTwo } from './plan/compared.ts'
import { servingBeside } from './plan/account-plan.ts'
import { leavingOut, rememberedAllergies } from './plan/leave-out.ts'
import { isMostlyCalled, productsMeant } from './plan/meant.ts'
import type { Mention } from './plan/meant.ts'
import type { Plan, PlanContext } from './plan/plan.ts'
import { makePlan } from './plan/planner.ts'
import { twinsWantedOf } from './plan/twin-asked.ts'
import { isAboutStoreAtLarge } from './plan/settle-intent.ts'
import { otherReferent } from './referents/referent.ts'
import { otherReference } from './refers/other-reference.ts'
import type { ReadMessage } from './by-model/reading.ts'
import { isMet, nearestPlan, otherReadings, saysNothing } from './second-reading.ts'
import { findsGoods, isCategoryNamed, isShelf, isTypeCalled, isTypeSold, saysMostlyGoods } from './sold.ts'
import type { Spelled } from './spelling.ts'
import type { TurnContext } from './turn-context.ts'
import type { LookUpSources } from './step-sources.ts'
import { listingStems } from './wishes.ts'
import { twinsOf } from './twins.ts'
import { contentStems } from './words.ts'

/** What was found for a message, before it is told. */
export interface LookedUp {
  message: string
  /** All that was said around a wish, where the message is but the part that says it. */
  story: string | null
  understanding: Understanding
  lexicon: Lexicon
  plan: Plan
  facts: Facts
  calls: ToolCall[]
  /** Words that were taken for others as the store writes them. */
  mended: Spelled['mended']
}

/** Plans the answer to a message that was read, and looks up what it needs. */
export async function lookUp(
  inputs: TurnInputs,
  {
    understanding: said,
    vocabulary,
    lexicon,
    page,
    shown,
    list,
    lookedAt,
    spelled,
    beside,
    story,
  }: TurnContext,
  read: ReadMessage | null,
  sources: LookUpSources,
): Promise<LookedUp> {
  const heard = read?.heard ?? {
    message: spelled.text,
    understanding: said,
    isRead: false,
  }
  const { message, isRead } = heard
  let { understanding } = heard
  const { currency } = vocabulary
  const isGoods = (meaning: string): boolean => isNoun(meaning, compileVocabulary(vocabulary, lexicon))
  const focus = page ?? shown.find(({ id }) => id === inputs.state.focusId) ?? null
  const inSight = [
    ...new Map(
      [...(focus ? [focus] : []), ...shown, ...list, ...lookedAt].map((product) => [product.id, product]),
    ).values(),
  ]
  const meantBy = (saysIt: boolean) =>
    isRead && understanding.reference !== null
      ? []
      : productsMeant(
          message,
          {
            seen: inSight,
            without: understanding.constraints.flatMap((one) =>
              one.kind === 'unnamed' || (one.kind === 'facet' && one.negated) ? one.text : [],
            ),
            about: `${inputs.state.search?.text ?? ''} ${focus?.title ?? ''}`.trim(),
            saysIt,
          },
          { catalog: sources.catalog, search: sources.search, lexicon },
        )
  const isOfIt =
    understanding.intent !== 'compare' &&
    inSight.length > 0 &&
    // "Is it cheaper than the day lotion?" calls another.
    !comparesCosts(message, understanding.spokenLanguage ?? lexicon.language.code) &&
    !comparesDegree(message, lexicon) &&
    !comparesToSight(message, lexicon) &&
    saysIt(message, lexicon.language.code)
  const mentions = await meantBy(isOfIt)
  // "Is it cheaper than the vintage one?" of listings in another language is read in the shopper's own.
  const spoken =
    understanding.spokenLanguage === undefined ? lexicon : lexiconOf(understanding.spokenLanguage)
  const [first] = mentions
  const without =
    isRead || first === undefined || inputs.state.search === undefined || understanding.intent === 'care'
      ? null
      : withoutThatOne(message, understanding, first, lexicon)
  if (without !== null) understanding = without
  const mention = without === null ? first : undefined
  // "How is it different from the down feather one?", "frog juice vs gecko juice", whatever else it sounds like.
  const isToSight = mention !== undefined && comparesToSight(message, lexicon)
  const isCompared =
    (isToSight &&
      mentions.length === 1 &&
      mention.product.id !== (focus ?? shown[0])?.id &&
      inSight.length > 0 &&
      mayCompare.has(understanding.intent)) ||
    (mayCompare.has(understanding.intent) &&
      namesTwo(
        withoutLimits(message, understanding),
        mentions,
        // "Two of the green and one of the red, how much?" asks for their sum.
        { isOfGoods: asked.has(understanding.intent) && understanding.topic !== 'price' },
        lexicon,
      )) ||
    (comparable.has(understanding.intent) &&
      focus !== null &&
      mention?.isFocus === false &&
      !asksWhich(message, lexicon.language.code) &&
      comparesWith(withoutLimits(message, understanding), mention.own, spoken))
  if (isCompared) understanding = { ...understanding, intent: 'compare', topic: null }
  // "Can my son of ten take the B Complex?" looks for none.
  const isOfCalled =
    mention !== undefined &&
    mentions.length === 1 &&
    asksOfCalled(message, understanding, mention, inSight.length > 0, lexicon)
  if (!isCompared && !isRead && (isOfCalled || asksIfSafe(message, understanding, lexicon)))
    understanding = { ...understanding, intent: 'product-question', topic: null, reference: null }
  // "Which of them has argan oil in it?", beside two whose listings may say so, is not about the argan oil.
  const isOfThose =
    !isRead &&
    mention?.isSeen === false &&
    list.length > 1 &&
    asksWhich(message, lexicon.language.code) &&
    list.some((product) => holdsStems(product, mention.own.join(' '), lexicon))
  if (isOfThose)
    understanding = { ...understanding, intent: 'compare', topic: null, productType: null, constraints: [] }
  // Nor is "is there argan in the second?".
  const isOfPlace =
    !isRead && mention?.isSeen === false && list.length > 1 && understanding.reference?.kind === 'ordinal'
  // "Funziona con le batterie al litio?" is asked of what is in sight, whatever is called a battery.
  const isGoneWith =
    !isRead &&
    !isCompared &&
    mention?.isSeen === false &&
    (page !== null || shown.length > 0) &&
    askedAlone.has(understanding.intent) &&
    asksOfIt(message, spoken.language.code) &&
    standsBehindWith(message, mention.own, spoken)
  if (isGoneWith)
    understanding = {
      ...understanding,
      intent: 'product-question',
      topic: null,
      reference: { kind: 'this' },
      productType: null,
      constraints: [],
    }
  // "Sono impermeabili?", beside one whose title says so, asks of all whether they are.
  const isPredicate =
    !isRead &&
    mention?.isFocus === false &&
    shown.length > 0 &&
    mentions.length === 1 &&
    asksOfIt(message, lexicon.language.code) &&
    contentStems(message, lexicon).length === 1
  const called =
    mention !== undefined &&
    !isCompared &&
    !isPredicate &&
    !isGoneWith &&
    !isOfThose &&
    !isOfPlace &&
    isMeant(message, understanding, mention, lexicon)
      ? mention.product
      : null
  const namesGoods =
    understanding.intent === 'not-ours' &&
    called === null &&
    (understanding.topic === 'unsure' || saysMostlyGoods(message, vocabulary, lexicon))
      ? await findsGoods(message, sources, lexicon)
      : false
  // "Is the second all right with my allergy?" is of what was told before.
  if (understanding.keptFrom.length === 0 && saysOwnAllergy(message, spoken.language))
    understanding = { ...understanding, intent: 'allergy', keptFrom: [...(inputs.state.keptFrom ?? [])] }
  const keptFrom = rememberedAllergies(inputs.state.keptFrom ?? [], understanding.keptFrom)
  const keptOn = await spokenOf(inputs.state.keptFrom ?? [], sources, lexicon)
  const variantIds = new Map(Object.entries(inputs.state.variantIds ?? {}))
  const context: PlanContext = {
    page,
    shown,
    list,
    lookedAt,
    mentions: isOfThose || isOfPlace || isPredicate || isGoneWith || without !== null ? [] : mentions,
    variantIds,
    // What was looked at before a page was opened is not what "it" means there.
    focusId: page?.id ?? inputs.state.focusId ?? null,
    asked: inputs.state.asked ?? null,
    previous: inputs.state.search ?? null,
    isTypeSold:
      isTypeSold(understanding.productType, vocabulary, lexicon) ||
      (await isTypeCalled(understanding.productType, vocabulary, sources, lexicon)),
    isNoun: isGoods,
    isShelf: (meaning) => isShelf(meaning, vocabulary, lexicon),
    isCategoryNamed: isCategoryNamed(understanding.productType, vocabulary, lexicon),
    namesGoods,
    parts: isRead
      ? null
      : await partsWanted(story ?? message, understanding, inSight, { ...sources, currency, lexicon }),
    fit: isRead
      ? null
      : await fitAsked(
          message,
          understanding,
          [...new Set([...(focus ? [focus] : shown.length === 1 ? shown : []), ...lookedAt])],
          // "Does it fit the Tarn?" names two, if one of them in few words.
          isOfIt && mentions.length === 0 ? await meantBy(false) : mentions,
          { ...sources, currency, lexicon },
        ),
    isRead,
    story: isRead ? null : story,
    isKnownShopper: inputs.shopperId !== null && sources.tools !== null,
    named: called,
    currency,
    lexicon,
  }
  const twinless = isRead ? null : twinsWantedOf(message, context)
  if (twinless !== null)
    context.twins = {
      of: twinless,
      twins: await twinsOf(twinless, { catalog: sources.catalog, search: sources.search, lexicon }),
    }
  const attempt = (reading: Understanding, by: PlanContext) => run(makePlan(message, reading, by))
  const run = async (made: Plan) => {
    const plan = {
      ...servingBeside(leavingOut(made, keptFrom), beside),
      ...(read ? { read: read.by } : {}),
    }
    const phrases = new Phrases(
      languageOf(plan.understanding.spokenLanguage ?? lexicon.language.code),
      message,
    )
    const { facts, calls } = await runPlan(plan, {
      ...sources,
      message: inputs.message,
      currency,
      lexicon,
      phrases,
      variantIds,
    })
    facts.keptFrom = keptFrom
    facts.spokenOf = keptOn
    facts.warned = new Set(inputs.state.warned)
    if (!isRead) facts.search = heardOf(facts, plan.understanding)
    if (sources.nearLines) facts.cosines = await lineCosines(message, plan.kind, facts, sources.nearLines)
    return { plan, facts, calls }
  }
  let found = await attempt(understanding, context)
  const isOfFit = found.facts.fit !== undefined
  const reference =
    beside.length > 0 || found.plan.isOfTwin || isOfFit ? null : otherReference(message, found, context)
  if (reference !== null) {
    const other = await attempt(reference, { ...context, isSettled: true, named: null })
    if (other.plan.kind !== 'chat' && !saysNothing(message, other)) found = other
  }
  if (!isRead && called === null && !isOfFit && saysNothing(message, found)) {
    const { plan } = found
    const options = { isInSight: inSight.length > 0, hasSearched: context.previous !== null, lexicon }
    for (const reading of otherReadings(message, plan.understanding, plan, options)) {
      const other = await attempt(reading, { ...context, isSettled: true, named: null })
      if (!isMet(message, other)) continue
      found = other
      break
    }
  }
  const referent =
    inSight.length === 0 || isRead || isOfFit || beside.length > 0
      ? null
      : await otherReferent(message, found, context, sources)
  if (referent !== null)
    found = await attempt(referent.understanding, {
      ...context,
      isSettled: true,
      named: referent.product,
      mentions: [],
    })
  // Where nothing was spoken of, what comes near by its words is more use than to ask what is meant.
  const isFirst = inSight.length === 0 && context.previous === null
  // "Is there a bench that folds flat?" asks the store, whichever is called a flat bench.
  const isOfOne =
    called !== null &&
    isMostlyCalled(message, called, lexicon) &&
    !addressesStore(message, lexicon.language.code) &&
    !asksIfAny(message, lexicon.language.code)
  // A first message that the rules take for a question or a comparison may wish for goods.
  if (isFirst && !isRead && !isOfFit && (await isFirstWish(story ?? message, found, context, sources))) {
    const other = await attempt(wishedIn(message, understanding, context), {
      ...context,
      isSettled: true,
      named: null,
      mentions: [],
    })
    if ((other.facts.search?.cards.length ?? 0) > 0) found = other
  }
  const nearest = isRead || isOfOne || !isFirst ? null : nearestPlan(story ?? message, found, { lexicon })
  if (nearest !== null) {
    const other = await run(nearest)
    if ((other.facts.search?.cards.length ?? 0) > 0) found = other
  }
  if (isFirst && !isRead && found.plan.kind === 'results')
    await addNear(
      story ?? message,
      (found.facts.searched ?? found.plan.search)?.constraints ?? [],
      found.facts,
      {
        ...sources,
        message: inputs.message,
        currency,
        lexicon,
        phrases: found.facts.phrases,
        variantIds,
      },
    )
  const { plan, facts, calls } = found
  const lookedAtLast = focus ?? (shown.length === 1 ? (shown[0] ?? null) : null)
  facts.cautionInSight = cautionInSight(message, lookedAtLast, mentions, facts.subjectIds, lexicon)
  if (facts.cautionInSight !== null)
    facts.products.set(facts.cautionInSight.product.id, facts.cautionInSight.product)
  // What a model read, it spelled itself.
  return {
    message,
    story,
    understanding,
    lexicon,
    plan,
    facts,
    calls,
    mended: read === null ? spelled.mended : [],
  }
}

/** A message without the prices that it sets: "nicht teurer als 25 €" holds nothing against anything. */
const withoutLimits = (message: string, { constraints }: Understanding): string =>
  constraints.reduce((rest, { kind, text }) => (kind === 'price' ? rest.replace(text, ' ') : rest), message)

/** Whether a listing holds all words of a text. */
function holdsStems(product: Product, text: string, lexicon: Lexicon): boolean {
  const held = listingStems(product, lexicon)
  return contentStems(text, lexicon).every((stem) => held.has(stem))
}

/**
 * Whether a message that sounds like a search asks something of one product: it is put as a question, not to the store, says most of what the
 * product is called, and more than that.
 */
function asksOfCalled(
  message: string,
  { intent, reference, constraints, keptFrom, topic }: Understanding,
  { product, weight, own }: Mention,
  isAnyInSight: boolean,
  lexicon: Lexicon,
): boolean {
  const { code } = lexicon.language
  const mayAsk =
    intent === 'search' ||
    intent === 'narrow' ||
    (intent === 'not-ours' && topic === 'unsure') ||
    (intent === 'compare' && !isAnyInSight && !comparesWith(message, own, lexicon))
  return (
    mayAsk &&
    reference === null &&
    keptFrom.length === 0 &&
    weight >= uniquelyCalled &&
    isAsking(message, code) &&
    !addressesStore(message, code) &&
    !isSuperlative(message, code) &&
    (intent === 'compare' || !asksWhich(message, code)) &&
    // "Is the F-200 nickel-free?" rules nothing out.
    constraints.every(({ kind }) => kind === 'facet' || (kind === 'unnamed' && asksOfIt(message, code))) &&
    isMostlyCalled(message, product, lexicon) &&
    !asksOfName(message, product, lexicon)
  )
}

/** "Is the toy train safe for my son of 2?", whichever toy train that is. */
const asksIfSafe = (
  message: string,
  { intent, reference, keptFrom }: Understanding,
  { language }: Lexicon,
): boolean =>
  intent === 'search' &&
  reference === null &&
  keptFrom.length === 0 &&
  namesHazard(message, language) &&
  saysThe(message, language.code) &&
  !addressesStore(message, language.code) &&
  !asksWhich(message, language.code)

/** The least weight of the words that call a product which a question is taken to be about. */
const uniquelyCalled = 0.9

/** Whether a product that a message calls by some words is what it is about, and not only called much like what is looked for. */
function isMeant(
  message: string,
  { intent, topic, reference, constraints }: Understanding,
  { weight, share, words, isSeen, isFocus }: Mention,
  { language }: Lexicon,
): boolean {
  // "The velour one": all that is said of what goods are called calls it.
  const isAll = share === 1 && reference === null
  if (isAll && intent !== 'compare' && findDescribed(message) !== null) return true
  // What it can be had in is asked of what is looked at, and calls nothing.
  if (asked.has(intent)) return words > 0 || !isFocus
  // Who types nothing but what a product is called means that one, though a word of its name may sound like a wish.
  const isName =
    intent === 'search' && isAll && !lexemesOf(message).some(({ word }) => language.isFunctionWord(word))
  if (isAboutStoreAtLarge({ intent, topic }) || topic === 'unsure' || intent === 'how-to' || isName)
    return words >= namingWords && share >= mostlyNamed
  if (intent !== 'search' && intent !== 'narrow') return false
  if (isAll && isSeen && opensWithThe(message, language.code)) return true
  // Who writes a model's number means that one: "a friend told me about the AR-12 B".
  return (
    intent === 'search' &&
    constraints.every(({ kind }) => kind === 'facet') &&
    /\p{L}-?\d|\d-?\p{L}/u.test(message) &&
    words > namingWords &&
    weight >= namingWords
  )
}

/** What asks something of a thing, and has nothing done with it. */
const askedAlone: ReadonlySet<Understanding['intent']> = new Set([
  'product-question',
  'review-question',
  'search',
  'narrow',
  'how-to',
])

/** Whether words stand right behind "with" in a message, but for articles. */
function standsBehindWith(message: string, own: readonly string[], { language }: Lexicon): boolean {
  const said = lexemesOf(message, language.code).map(({ word }) => word)
  const withWords = new Set(grammarOf(language.code).with.map((word) => fold(word)))
  const before = said.slice(
    0,
    said.findIndex((word) => own.includes(word)),
  )
  const led = before.findLastIndex((word) => withWords.has(word))
  return led !== -1 && before.slice(led + 1).every((word) => language.isFunctionWord(word))
}

/** Intents that ask something of a product, or for something to be done with it. */
const asked: ReadonlySet<Understanding['intent']> = new Set([
  'product-question',
  'review-question',
  'price-history',
  'alert',
  'auto-buy',
  'add-to-cart',
])
/** Intents that give way to a comparison where two are held against each other. */
const comparable: ReadonlySet<Understanding['intent']> = new Set([
  'product-question',
  'review-question',
  'search',
])
/** The same where it names both. */
const mayCompare: ReadonlySet<Understanding['intent']> = new Set([
  ...comparable,
  'narrow',
  'advice',
  'not-ours',
])
/** So many words of a title, and so much of what is said, name a product in a message that sounds like something else. */
const namingWords = 2
const mostlyNamed = 0.5

import type { InCase, Topic, Understanding } from '../domain/constraints.ts'
import type { Language } from '../language/language.ts'
import type { LanguageCode } from '../language/languages.ts'
import { english, lexiconOf } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { fold } from '../language/fold.ts'
import { addressesStore, asksWhich, countAsked, isAsking, isAskingWord } from '../language/asking.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import { expandContractions, expandHasty } from '../language/contractions.ts'
import { findIntent } from './intent.ts'
import { hurts, isDoubtedAllergy, keptFrom, namesCondition } from './kept-from.ts'
import { joinedGuess } from './meant-kinds.ts'
import type { KindsMeant } from './meant-kinds.ts'
import { offeredIn } from './offered.ts'
import { clausesOf } from './clauses.ts'
import { saying, without } from './danger-phrases.ts'
import { goodsTalkWords, howTold, isToldBy, shareTold, speaksOf, talkWords, turnKindOf } from './turn-kind.ts'
import type { IsGoods, TurnGuess, TurnKind } from './turn-kind.ts'

type Intent = Understanding['intent']

const dangers: readonly TurnKind[] = ['self-harm', 'emergency', 'medicine', 'violence']
/** Rather a kind word too many than a shop window for somebody in need. */
const dangerNeeded = (language: LanguageCode): number =>
  // A hundred examples leave a message less sure than fifteen hundred.
  language === 'en' ? 0.24 : 0.22
const surenessNeeded = 0.3
const keywordSureness = 0.5
/** What is done for somebody, or told of their own past, is asked for in words that leave little doubt. */
const deedSureness = 0.5

/** What is asked to be done, or is told of a price or of somebody's own past: taken only from words of its own. */
const askedDeeds: readonly TurnKind[] = ['alert', 'auto-buy', 'memory', 'recall', 'price-history', 'deals']

const intentOf: Partial<Record<TurnKind, Intent>> = {
  find: 'search',
  cheaper: 'narrow',
  narrow: 'narrow',
  cart: 'add-to-cart',
  ask: 'product-question',
  price: 'product-question',
  stock: 'product-question',
  options: 'product-question',
  deals: 'deals',
  'price-history': 'price-history',
  alert: 'alert',
  'auto-buy': 'auto-buy',
  memory: 'memory',
  recall: 'recall',
  order: 'order-status',
  reviews: 'review-question',
  compare: 'compare',
  advice: 'advice',
  assortment: 'assortment',
  'how-to': 'how-to',
  'not-ours': 'not-ours',
}
const services: readonly TurnKind[] = [
  'shipping',
  'returns',
  'payment',
  'price-match',
  'warranty',
  'complaint',
  'contact',
  'store',
]
const talk: readonly TurnKind[] = ['greeting', 'thanks', 'identity']

/** What a message wants, and the danger that it may tell of as well. */
interface Read {
  intent: Intent
  topic: Topic | null
  inCase?: InCase
}

/** What a message wants, before any product is looked for: a danger first, then a deed, then what it resembles most. */
export function readIntent(
  text: string,
  store: Lexicon = english,
  /** The language that the message is in, where that is another than the store's. */
  spoken: LanguageCode = store.language.code,
  /** The message without the prices that it states: "no more than 200" is no cry for help. */
  withoutPrices: string = text,
  /** Words of the store's goods. */
  isGoods: IsGoods = () => false,
  /** What the message is by what it means, where a model tells that. */
  meant: KindsMeant | null = null,
  /** Whether the talk is of goods in sight already. */
  isUnderWay = false,
  /** Whether the catalog states a word of goods that are called otherwise: what they are made of, or hold. */
  isHeld: IsGoods = () => false,
): Read & { wantsCheaper: boolean } {
  // A shopper in need, or one who asks for the delivery, is understood in their own language.
  const lexicon = spoken === store.language.code ? store : lexiconOf(spoken)
  const offered = offeredIn(text, store.language) ?? offeredIn(text, lexicon.language)
  if (offered !== null) return { intent: offered.intent, topic: offered.topic, wantsCheaper: false }
  const read = intentAndTopic(text, lexicon, withoutPrices, isGoods, meant, isUnderWay, isHeld)
  return {
    ...read,
    wantsCheaper: turnKindOf(text, lexicon.language)?.kind === 'cheaper' && read.intent === 'narrow',
  }
}

function intentAndTopic(
  text: string,
  lexicon: Lexicon,
  withoutPrices: string,
  isGoods: IsGoods,
  meant: KindsMeant | null,
  isUnderWay: boolean,
  isHeld: IsGoods,
): Read {
  const rule = findIntent(text)
  if (isViolent(text, lexicon)) return { intent: 'care', topic: 'violence' }
  if (isCryForHelp(text, lexicon)) return { intent: 'care', topic: 'emergency' }
  // Neither may what is left of "I want to keep it under 50" sound like one.
  const dangerOf = (said: string) => dangerIn(said, lexicon, isGoods, isUnderWay)
  const heard = dangerOf(text) === null ? null : dangerOf(withoutPrices)
  const danger = heard?.topic ?? null
  // "I'll take two of them" buys; only what is asked for a doctor's word ("may I take two?") goes to one.
  // "Which shampoo, while I am breastfeeding?" is a wish, which is met with a word of caution.
  if (
    (danger === 'emergency' || danger === 'medicine') &&
    wishesWhileTreated(text, lexicon.language, isGoods)
  )
    return { intent: 'search', topic: null, inCase: 'medicine' }
  // "May I use it while breastfeeding?" is for a doctor, and calls no ambulance: nothing else of it is a danger.
  const says = saying(text, lexicon.language)
  if (
    danger === 'emergency' &&
    says('treated') &&
    says('may') &&
    dangerOf(without(text, 'treated', lexicon.language))?.topic !== 'emergency'
  )
    return { intent: 'care', topic: 'medicine' }
  const harmless = () => harmlessIn(text, lexicon, rule, isGoods, meant, isHeld)
  if (heard === null || (danger === 'medicine' && rule === 'add-to-cart')) return harmless()
  const inCase = doubted(heard, text, lexicon.language)
  const rest = inCase === null ? null : harmless()
  return inCase !== null && rest !== null && ofGoods.has(rest.intent)
    ? { ...rest, inCase }
    : { intent: 'care', topic: heard.topic }
}

/** What a message wants that may be answered beside a word of care. */
const ofGoods: ReadonlySet<Intent> = new Set([
  'search',
  'narrow',
  'product-question',
  'compare',
  'advice',
  'how-to',
  'assortment',
])

/** Below this a danger is doubted. What somebody was in danger and told of was surer in all but one of 36 messages, what was none less sure in all but one of ten. */
const doubtBelow = 0.5

/**
 * A danger that is heard so faintly that goods are answered as well, behind a word of care: an emergency only where the whole message sounds more like
 * a wish or a question. Null for one that stops everything else.
 */
function doubted({ topic, sureness }: Heard, text: string, language: Language): InCase | null {
  if (sureness >= doubtBelow) return null
  if (topic === 'medicine') return topic
  return topic === 'emergency' && soundsLikeWish(text, language) ? topic : null
}

/** What a message wants that tells of no danger. */
function harmlessIn(
  text: string,
  lexicon: Lexicon,
  rule: Intent,
  isGoods: IsGoods,
  meant: KindsMeant | null,
  isHeld: IsGoods,
): Read {
  const guess = guessOf(text, lexicon, isGoods, meant)
  // "Hmm" and a single name of goods look alike: the catalog tells them apart.
  if (guess === null) return { intent: rule, topic: rule === 'search' ? 'unsure' : null }
  const { kind, probability } = guess
  if (rule === 'add-to-cart') return { intent: rule, topic: null }
  if (
    !isDoubtedAllergy(text, lexicon.language, isHeld) &&
    (namesCondition(text, lexicon.language) ||
      (kind === 'allergy' && (meant?.get(kind) ?? 0) >= allergyMeantSureness) ||
      isOnAllergy(text, lexicon, isGoods))
  ) {
    if (saysOfGoods.test(fold(text)) && !tellsOfSomebody(text, lexicon))
      return { intent: 'search', topic: null }
    const isQuestion = wholeAndClauses(text).every((clause) => isAsking(clause, lexicon.language.code))
    const isAsked = isQuestion && !tellsOfSomebody(text, lexicon)
    return { intent: isAsked ? 'product-question' : 'allergy', topic: null }
  }
  // Keywords without a sentence around them are mostly goods: "radio", "gas".
  const isKeywords = !lexemesOf(text).some(({ word }) => lexicon.isFunctionWord(word))
  if (probability < (isKeywords ? keywordSureness : surenessNeeded))
    return { intent: rule, topic: rule === 'search' ? 'unsure' : null }
  // "Where is my order?" and "cancel my order" are about one order; a complaint about it wants to know what now.
  if ((rule === 'order-status' || rule === 'returns') && kind !== 'complaint')
    return { intent: rule, topic: 'returns' }
  // "What does it cost to ship" asks for no product's price.
  if (kind === 'price') {
    const service = services.find((each) =>
      each === 'shipping' || each === 'returns' ? namesTopic(text, each, lexicon) : false,
    )
    if (service) return { intent: 'service', topic: service as Topic }
  }
  if (services.includes(kind)) return { intent: 'service', topic: kind as Topic }
  // "Felgen in 19 Zoll" thanks nobody, although its little words sound so.
  const isTalkMeant = (meant?.get(kind) ?? 0) >= (isKeywords ? keywordMeantSureness : meantSureness)
  if (talk.includes(kind) && !isTalkMeant && !saysTalk(text, kind, lexicon))
    return { intent: rule, topic: rule === 'search' ? 'unsure' : null }
  if (talk.includes(kind)) return { intent: 'chat', topic: kind as Topic }
  // "And a hand cream, not a set" asks for no treatment, whatever its little words are like.
  if (kind === 'how-to' && !isMeant(kind, meant) && !isToldBy(text, [kind], lexicon.language))
    return { intent: rule, topic: rule === 'search' ? 'unsure' : null }
  // "What should I put in my tube feeder?" sounds like no business of a store's by its little words alone: the catalog knows better.
  if (kind === 'not-ours' && !isToldBy(text, [kind], lexicon.language, isGoods))
    return { intent: 'not-ours', topic: 'unsure' }
  return {
    intent: intentOf[kind] ?? rule,
    topic: kind === 'price' && saysPrice(text, lexicon) ? 'price' : null,
  }
}

/** Whether what sounds like a question for a price says so: "would that be all right for her?" has its little words alone. */
const saysPrice = (text: string, { language }: Lexicon): boolean =>
  howTold(text, ['price'], language) === 'content' ||
  countAsked(text, language.code) !== null ||
  !namesSomething(text, { language } as Lexicon)

/** Whether talk is told by its own words: "a present for a friend who bakes, she loves gold" thanks nobody, nor does a question. */
function saysTalk(text: string, kind: TurnKind, lexicon: Lexicon): boolean {
  const { language } = lexicon
  if (kind === 'thanks' && isAsking(text, language.code)) return false
  return (
    speaksOf(text, [kind], language) &&
    (!namesSomething(text, lexicon) || howTold(text, [kind], language) === 'content')
  )
}

/** So sure has what a message means to be, to need no word that tells it. */
const meantSureness = 0.5

/** Whether a message holds a word of content that no example of a turn does. */
const namesSomething = (text: string, { language }: Lexicon): boolean =>
  lexemesOf(text, language.code).some(
    ({ kind, word }) => kind === 'word' && !language.isFunctionWord(word) && !talkWords(language).has(word),
  )

/** So sure has it to be of a service where words hear a wish. */
const wishMeantSureness = 0.8

/** "It does not dry the lips?" is near to what hurts somebody. */
const allergyMeantSureness = 0.6

/** A word or two are mostly goods, whatever they sound like. */
const keywordMeantSureness = 0.7

const isMeant = (kind: TurnKind, meant: KindsMeant | null): boolean =>
  (meant?.get(kind) ?? 0) >= meantSureness

/** Keywords without a sentence around them ("smoke and gas alarm") are goods, unless they say it as surely as "chest pain". */
const keywordDangerNeeded = 0.8

/** "I want to be" and other little words tell a danger only where nothing else is likely. */
const formDangerNeeded = 0.6

/** A danger, and how sure it is: 0–1. */
interface Heard {
  topic: Topic
  sureness: number
}

/** The danger that a message or one clause of it speaks of: "Nice shop. My son has swallowed a coin." */
function dangerIn(text: string, { language }: Lexicon, isGoods: IsGoods, isUnderWay: boolean): Heard | null {
  const { and, or } = grammarOf(language.code)
  const joins = new Set([...and, ...or].map((word) => fold(word)))
  for (const clause of wholeAndClauses(text)) {
    const guess = turnKindOf(clause, language)
    if (guess === null) continue
    const { probabilities } = guess
    const sureness = dangers.reduce((sum, each) => sum + (probabilities.get(each) ?? 0), 0)
    const isSentence = lexemesOf(clause).some(
      ({ word, kind }) => kind === 'word' && language.isFunctionWord(word) && !joins.has(word),
    )
    const [worst] = dangers.toSorted((a, b) => (probabilities.get(b) ?? 0) - (probabilities.get(a) ?? 0))
    // "No chocolate, rather berries" is no dog's chocolate: it says what is wanted, as "my cat scratches the sofa" does.
    const saysWish = guess.kind === 'narrow' || (guess.kind === 'find' && worst === 'emergency')
    if (saysWish && guess.probability > sureness) continue
    // Who has a condition asks what suits: what has happened to them is told in a clause of its own.
    if (namesCondition(clause, language)) continue
    // What no example of a danger speaks of speaks against one: "higher" of "I want to jump higher".
    // "No quiero" is of little words: anybody says it who wishes or does not.
    const told = howTold(
      clause,
      dangers,
      language,
      isGoods,
      (word) => language.isFunctionWord(word) || language.isRequestWord(word),
    )
    // "Não aguento mais viver" holds no word that is of dangers alone, and none that they do not speak of.
    // "My phone battery is smoking" is no less of a danger where phones are sold in a colour called smoke.
    if (told === null) {
      const isSaid =
        isSentence &&
        (howTold(clause, dangers, language) === 'content' ||
          (sureness >= keywordDangerNeeded && shareTold(clause, dangers, language) === 1))
      const whole = sureness * shareTold(clause, dangers, language)
      if (isSaid && whole >= formDangerNeeded) return { topic: worst as Topic, sureness: whole }
      continue
    }
    // "Is it all right for a puppy?" asks of a thing; "a racket that spares the arm" says what is wished of one, and tells of nobody.
    const mostLikely = Math.max(...dangers.map((each) => probabilities.get(each) ?? 0))
    const isOfGoods =
      (guess.kind === 'ask' && guess.probability > mostLikely) ||
      (beginsWithGoods(clause, language, isGoods) && !tellsOfAnybody(clause, language))
    // "No quiero rosas": what is left beside the goods has to say what is the matter.
    if (told === 'form' && lexemesOf(clause, language.code).some(({ word }) => isGoods(word))) continue
    const needed = told === 'content' ? dangerNeeded(language.code) : formDangerNeeded
    if (isOfGoods && sureness < formDangerNeeded) continue
    // "A shirt for the beach, I burn easily": what somebody is prone to, beside what is wished for it.
    if (worst === 'emergency' && tellsHabit(clause, text, language)) continue
    if (worst === 'medicine' && asksWhichToTake(clause, language, isGoods)) continue
    // "He cannot climb since his fall. Is there a stool that he can reach a shelf from?" goes on to what it is about.
    const isBeside =
      worst !== 'medicine' && !saying(text, language)('treated') && asksBeside(clause, text, language)
    // "My son is 8, can he have it?": what is told is judged by itself.
    if (isBeside && clause === text) continue
    const isPart = worst === 'emergency' && clause !== text
    const isOfWish = isUnderWay && clause !== text && worst !== 'medicine' && soundsLikeWish(text, language)
    const least = Math.max(
      needed,
      isPart ? partNeeded : 0,
      isOfWish ? wishPartNeeded : 0,
      isBeside ? besideNeeded[worst === 'self-harm' || worst === 'emergency' ? worst : 'other'] : 0,
    )
    const whole = isSentence ? sureness * shareTold(clause, dangers, language, isGoods) : sureness
    if (whole < (isSentence ? least : keywordDangerNeeded)) continue
    return { topic: worst as Topic, sureness: whole }
  }
  return null
}

/** What is told of somebody beside a wish or another question has to be so much surer to be a danger. */
const besideNeeded = { 'self-harm': 0.35, emergency: 0.7, other: 0.55 }
/** So sure is a part that speaks of an emergency where the whole message does not: in a story somebody is stung and wants goods. */
const partNeeded = 0.35
/** So sure is a part of a message that is a wish as a whole, in talk of goods in sight: "I want her in front of me", of a seat for a child. */
const wishPartNeeded = 0.6

/** Whether a message as a whole sounds more like a wish for goods than like any danger. */
function soundsLikeWish(text: string, language: Language): boolean {
  const probabilities = turnKindOf(text, language)?.probabilities
  const sumOf = (kinds: readonly TurnKind[]) =>
    kinds.reduce((sum, kind) => sum + (probabilities?.get(kind) ?? 0), 0)
  return sumOf(['find', 'narrow', 'ask']) > sumOf(dangers)
}

/** So surely is a clause a wish, so little does a question sound like a danger. */
const wishSureness = 0.8
const askedHarmless = 0.2

/** Whether another clause of a message is surely a wish for goods, or asks something that sounds like no danger. */
const asksBeside = (clause: string, text: string, language: Language): boolean =>
  clausesOf(text).some((other) => {
    const guess = other.text === clause ? null : turnKindOf(other.text, language)
    if (guess === null) return false
    const isAsked = isAsking(text.slice(other.start, other.start + other.text.length + 1), language.code)
    const sureness = dangers.reduce((sum, each) => sum + (guess.probabilities.get(each) ?? 0), 0)
    return isAsked
      ? // "What now?" asks of what was told.
        saysMatter(other.text, language) && sureness < askedHarmless
      : (guess.kind === 'find' || guess.kind === 'narrow') && guess.probability >= wishSureness
  })

/**
 * Whether a message that says who is pregnant or takes a medicine asks for goods by their name, and not whether that one may use something:
 * a clause of it sounds like a wish, or asks which, and names goods.
 */
function wishesWhileTreated(text: string, language: Language, isGoods: IsGoods): boolean {
  const says = saying(text, language)
  return (
    says('treated') &&
    !says('may') &&
    wholeAndClauses(text).some((clause) => {
      const kind = turnKindOf(clause, language)?.kind
      const isWish = kind === 'find' || kind === 'narrow' || asksWhich(clause, language.code)
      return isWish && lexemesOf(clause, language.code).some(({ word }) => isGoods(word))
    })
  )
}

/** Whether a clause tells what often happens, in a message that says in another one what is wished. */
function tellsHabit(clause: string, text: string, language: Language): boolean {
  const habit = new RegExp(anyOf(grammarOf(language.code).habit), 'iu')
  return (
    habit.test(clause) &&
    clausesOf(text).some((other) => {
      const kind = habit.test(other.text) ? undefined : turnKindOf(other.text, language)?.kind
      return kind === 'find' || kind === 'narrow'
    })
  )
}

/**
 * Whether a message asks which goods to take and says nothing but of goods: "which shampoo can I use best?". A word that the store's goods
 * do not say may be a medicine or an illness.
 */
function asksWhichToTake(text: string, language: Language, isGoods: IsGoods): boolean {
  if (!wholeAndClauses(text).some((clause) => asksWhich(clause, language.code))) return false
  const takes = dangerWords('takes', { language } as Lexicon)
  const talked = goodsTalkWords(language)
  const said = lexemesOf(text, language.code).filter(
    ({ kind, word }) => kind === 'word' && !language.isFunctionWord(word) && !takes.has(word),
  )
  return (
    said.some(({ word }) => isGoods(word)) &&
    said.every(({ word }) => isGoods(word) || (talked.has(word) && howTold(word, dangers, language) === null))
  )
}

/** Whether the first word of content calls goods: "rackets that …". */
function beginsWithGoods(clause: string, language: Language, isGoods: IsGoods): boolean {
  const [first] = lexemesOf(clause, language.code).filter(
    ({ word, kind }) => kind === 'word' && !language.isFunctionWord(word),
  )
  return first !== undefined && isGoods(first.word)
}

/** Words for people and animals, and for whose they are. */
function peopleOf(language: Language): ReadonlySet<string> {
  const grammar = grammarOf(language.code)
  const others = new Set(grammar.it.map((phrase) => fold(phrase)))
  return new Set([
    ...grammar.who.map((phrase) => fold(phrase)).filter((word) => !others.has(word)),
    ...grammar.own.map((phrase) => fold(phrase)),
    ...dangerWords('people', { language } as Lexicon),
  ])
}

function tellsOfAnybody(clause: string, language: Language): boolean {
  // "He" and "she" are somebody, though they may be said of things in some languages.
  const people = new Set([
    ...peopleOf(language),
    ...grammarOf(language.code).who.map((phrase) => fold(phrase)),
  ])
  return lexemesOf(clause, language.code).some(({ word }) => people.has(word))
}

/** Whether a message or one clause of it says what somebody must be kept from. */
function isOnAllergy(text: string, { language }: Lexicon, isGoods: IsGoods): boolean {
  return wholeAndClauses(text).some((clause) => {
    const guess = turnKindOf(clause, language)
    // "Anything from Bose?" has its little words alone.
    return (
      guess?.kind === 'allergy' &&
      guess.probability >= surenessNeeded &&
      // "Rohrfrei" is what it is called.
      /\S\s+\S/.test(clause) &&
      namesHurt(clause, text, { language } as Lexicon, isGoods)
    )
  })
}

/**
 * Whether a clause that sounds like an allergy says what hurts. By its little words alone ("can we …") it has to deny something; and where the
 * whole message is of something else ("how many are in it? mum gets headaches"), it has to name a substance, a condition or an allergy.
 */
function namesHurt(clause: string, text: string, lexicon: Lexicon, isGoods: IsGoods): boolean {
  const { language } = lexicon
  const told = howTold(clause, ['allergy'], language, isGoods)
  if (told === 'form') {
    const nots = new Set(grammarOf(language.code).not.map((word) => fold(word)))
    return lexemesOf(expandContractions(clause, language.code), language.code).some(
      ({ word }) => nots.has(word) || language.isNegation(word),
    )
  }
  const isWhole = clause === text || turnKindOf(text, language)?.kind === 'allergy'
  return told !== null && (isWhole || hurts.test(fold(text)) || keptFrom(text, language).length > 0)
}

/** What is said of goods: "hypoallergenic". */
const saysOfGoods = /h?[iy]poal+er/
/**
 * Whether a message about what may hurt tells of somebody whom it hurts, names a condition, or says what must not be in it. "Contient-il des
 * noisettes ?" asks what is in a thing, and keeps nobody from it.
 */
function tellsOfSomebody(text: string, { language }: Lexicon): boolean {
  const grammar = grammarOf(language.code)
  const folded = (phrases: readonly string[]) => phrases.map((phrase) => fold(phrase))
  // "Parabenfrei" says what must not be in it.
  const frees = language.code === 'en' ? [] : folded(grammar.free).filter((word) => word !== '-')
  const isFree = (word: string) => frees.some((free) => word.endsWith(free))
  const people = peopleOf(language)
  return (
    hurts.test(fold(text)) ||
    lexemesOf(text, language.code).some(
      ({ word }) => people.has(word) || language.isNegation(word) || isFree(word),
    ) ||
    new RegExp(
      anyOf([...grammar.without, ...grammar['free-of'], ...grammar.free.filter((word) => word !== '-')]),
      'iu',
    ).test(text) ||
    keptFrom(text, language).some(({ said, what }) => said !== what)
  )
}

const wholeAndClauses = (text: string): string[] => [
  ...new Set([text, ...clausesOf(text).map((clause) => clause.text)]),
]

/** So sure has a sentence to be that speaks for all of a message. */
const sentenceSureness = 0.5

/** The question that a message of several sentences ends in or holds last; null where it has none, or but one sentence. */
function askingSentence(text: string): string | null {
  const sentences = text.split(/(?<=[.!?])\s+/u).filter((sentence) => /\S\s+\S/.test(sentence))
  return sentences.length < 2 ? null : (sentences.findLast((sentence) => /\?\s*$/.test(sentence)) ?? null)
}

/**
 * The kind of a message. "Can I get a name printed on the back?" sounds like returns by its little words alone: a service is taken only
 * from words that tell it, and what is none is what it resembles next.
 */
function guessOf(
  text: string,
  lexicon: Lexicon,
  isGoods: IsGoods,
  meant: KindsMeant | null,
): TurnGuess | null {
  const byWords = soundsLike(text, lexicon, isGoods)
  // What follows a greeting is another thing than what the whole message means.
  const isOfPart = byWords?.kind !== turnKindOf(text, lexicon.language)?.kind
  // "What would that set me back?" tells a price, though it means something else word by word.
  const isTelling =
    byWords !== null &&
    !anyKind.has(byWords.kind) &&
    howTold(text, [byWords.kind], lexicon.language, isGoods) === 'content'
  const guess = isOfPart || isTelling ? byWords : joinedGuess(byWords, meant)
  // "Vous vendez des imprimantes", which the store may not list, asks for goods: only meaning that is sure makes it a service.
  const isWish = byWords?.kind === 'find' && guess !== byWords
  const isTold = (kind: TurnKind): boolean => {
    if (askedDeeds.includes(kind))
      return (
        (guess?.probabilities.get(kind) ?? 0) >= deedSureness &&
        howTold(text, [kind], lexicon.language, isGoods) === 'content'
      )
    if (!services.includes(kind) && kind !== 'order') return true
    if (isWish) return (meant?.get(kind) ?? 0) >= wishMeantSureness
    const told = howTold(text, [kind], lexicon.language, isGoods)
    // "Habt ihr auch türkischen Kaffee" has the little words of "habt ihr auch Ratenzahlung", and names what no example does.
    return (
      isMeant(kind, meant) ||
      told === 'content' ||
      (told !== null && !namesSomething(text, lexicon)) ||
      asksOnlyFor(text, kind, guess?.probabilities.get(kind) ?? 0, lexicon)
    )
  }
  if (guess === null || isTold(guess.kind)) return guess
  const others = [...guess.probabilities].filter(([kind]) => isTold(kind))
  const rest = others.reduce((sum, [, probability]) => sum + probability, 0)
  const [best] = others.toSorted((a, b) => b[1] - a[1])
  return best === undefined ? null : { ...guess, kind: best[0], probability: best[1] / rest }
}

/** So sure is a question of a service although goods are called by its words. */
const sureOverGoods = 0.8

/**
 * Whether a message asks for a service and for nothing else: "what do you charge for shipping?" holds no word that questions for it do not
 * hold, though the store sells chargers and shipping labels.
 */
const asksOnlyFor = (text: string, kind: TurnKind, sureness: number, { language }: Lexicon): boolean =>
  sureness >= sureOverGoods &&
  isAsking(text, language.code) &&
  shareTold(text, [kind], language) === 1 &&
  howTold(text, [kind], language) === 'content'

/** Whether a text holds a word of content beside those that questions are put in: "where is it?" holds none. */
const saysMatter = (text: string, language: Language): boolean =>
  lexemesOf(text, language.code).some(
    ({ kind, word }) =>
      kind !== 'sign' && !language.isFunctionWord(word) && !isAskingWord(word, language.code),
  )

/** "My dog is obsessed with it, thank you so much": a clause of thanks beside what is told of somebody, no goods and no question. */
function thanksFor(text: string, language: Language, isGoods: IsGoods): TurnGuess | null {
  const clauses = clausesOf(text)
  if (clauses.length < 2 || isAsking(text, language.code) || /\d/.test(text)) return null
  const guesses = clauses.map((clause) => ({ clause: clause.text, guess: turnKindOf(clause.text, language) }))
  const isThanks = ({ clause, guess }: (typeof guesses)[number]): boolean =>
    guess?.kind === 'thanks' &&
    guess.probability >= sentenceSureness &&
    isToldBy(clause, ['thanks'], language)
  const own = new Set(grammarOf(language.code).own.map((word) => fold(word)))
  const rest = guesses.filter((each) => !isThanks(each))
  const tells = ({ clause }: (typeof guesses)[number]): boolean => {
    const said = lexemesOf(clause, language.code).map(({ word }) => word)
    return said.some((word) => own.has(word)) && !said.some(isGoods)
  }
  return rest.length < guesses.length && rest.every(tells) ? (guesses.find(isThanks)?.guess ?? null) : null
}

/** Kinds that any words may be of. */
const anyKind: ReadonlySet<TurnKind> = new Set(['find', 'ask', 'narrow'])

/** What a message sounds like. "Hello, could you find me a desk?" is what follows the greeting. */
function soundsLike(text: string, { language }: Lexicon, isGoods: IsGoods): TurnGuess | null {
  const asking = askingSentence(text)
  const asked = asking === null ? null : turnKindOf(asking, language)
  const whole = turnKindOf(text, language)
  // "Do you send to Portugal? how much is postage": the whole tells a service that the question alone does not.
  const isServed =
    whole !== null &&
    ((services.includes(whole.kind) && whole.probability > (asked?.probability ?? 0)) ||
      // "It should be here since Monday. Where is it??" asks of what was told before it.
      ((services.includes(whole.kind) || whole.kind === 'order') &&
        whole.probability >= sentenceSureness &&
        !saysMatter(asking ?? '', language)))
  // "He throws out the pellets. What else could I try?" asks what its question asks.
  if (asked !== null && asked.probability >= sentenceSureness && !talk.includes(asked.kind) && !isServed)
    return asked
  const thanks = thanksFor(text, language, isGoods)
  if (thanks !== null) return thanks
  if (whole === null || !talk.includes(whole.kind)) return whole
  const rest = /^[^,!.?]{1,30}[,!.]\s*(.+)$/u.exec(text)?.[1]
  const said = rest === undefined ? null : turnKindOf(rest, language)
  const isTalk =
    said === null ||
    talk.includes(said.kind) ||
    (whole.kind === 'thanks' && tellsStore(rest ?? '', language, isGoods))
  return isTalk ? whole : said
}

/** "Thanks, you've been a star": tells the store of itself and wants nothing of it. */
function tellsStore(text: string, language: Language, isGoods: IsGoods): boolean {
  const said = expandHasty(text, language.code)
  const wanted = new RegExp(anyOf(grammarOf(language.code).wants), 'iu')
  return (
    addressesStore(said, language.code) &&
    !isAsking(said, language.code) &&
    !wanted.test(said) &&
    !lexemesOf(said, language.code).some(({ kind, word }) => kind === 'number' || isGoods(word))
  )
}

/** Whether a message holds one of the words of a topic. */
function namesTopic(text: string, topic: string, lexicon: Lexicon): boolean {
  const line =
    lexicon.language.topicLines.find((each) => each.slice(0, each.indexOf('=')).trim() === topic) ?? ''
  const stems = new Set(
    line
      .slice(line.indexOf('=') + 1)
      .trim()
      .split(/\s+/)
      .map((word) => lexicon.stem(word)),
  )
  return lexemesOf(text).some(({ kind, word }) => kind === 'word' && stems.has(lexicon.stem(word)))
}

/** The words of a line of `dangers.txt`; none where a language has no such line. */
function dangerWords(name: string, { language }: Lexicon): ReadonlySet<string> {
  const line = language.dangerLines.find((each) => each.startsWith(`${name} =`)) ?? '='
  const said = line.slice(line.indexOf('=') + 1).trim()
  return new Set(said === '' ? [] : said.split(/\s+/).map((word) => fold(word)))
}

/** "Help my child!": a cry, and nothing else but who somebody is. */
function isCryForHelp(text: string, lexicon: Lexicon): boolean {
  const [cries, people] = [dangerWords('cries', lexicon), dangerWords('people', lexicon)]
  const said = lexemesOf(text).flatMap(({ kind, word }) => (kind === 'sign' ? [] : [word]))
  const isSilent = (word: string) => lexicon.isFunctionWord(word) || lexicon.language.isRequestWord(word)
  return (
    said.some((word) => cries.has(word)) &&
    said.some((word) => people.has(word)) &&
    said.every((word) => cries.has(word) || people.has(word) || isSilent(word))
  )
}

/** "To hurt my neighbour": something done to somebody, at most three words apart, wished for and not kept from. */
function isViolent(text: string, lexicon: Lexicon): boolean {
  const [verbs, people, wishes] = ['verbs', 'people', 'wishes'].map((name) => dangerWords(name, lexicon)) as [
    ReadonlySet<string>,
    ReadonlySet<string>,
    ReadonlySet<string>,
  ]
  const nots = new Set(grammarOf(lexicon.language.code).not.map((word) => fold(word)))
  const words = lexemesOf(text).map(({ word }) => word)
  return words.some((word, at) => {
    if (!verbs.has(word)) return false
    // A pan that does not hurt the children, nothing that kills people.
    if (
      words.slice(Math.max(0, at - 4), at).some((each) => lexicon.language.isNegation(each) || nots.has(each))
    )
      return false
    // Only what somebody sets out to do: "to hurt", "can hurt", "could I kill".
    if (!words.slice(Math.max(0, at - 3), at).some((each) => wishes.has(each))) return false
    // In some languages who it is done to stands before the verb: "meinen Nachbarn verletzen".
    const around = lexicon.language.code === 'en' ? [] : words.slice(Math.max(0, at - 3), at)
    return [...words.slice(at + 1, at + 4), ...around].some((each) => people.has(each))
  })
}

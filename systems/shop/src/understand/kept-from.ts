import { expandContractions } from '../language/contractions.ts'
import { grammarOf } from '../language/grammar.ts'
import { fold } from '../language/fold.ts'
import type { Language } from '../language/language.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'
import { lexiconOf } from '../language/lexicon.ts'
import { turnExamples } from '../language/turn-examples.ts'
import { clausesOf } from './clauses.ts'
import { fitClassifier } from './softmax-regression.ts'
import type { Classifier } from './softmax-regression.ts'
import { shareTold, talkWords, turnKindOf } from './turn-kind.ts'

/** One thing that somebody has to be kept from. */
interface KeptFrom {
  /** As it was written. */
  said: string
  /** The same, or what the condition that was named forbids: gluten for `celiac`. */
  what: string
}

interface Tagger {
  classifier: Classifier<'kept' | 'other'>
  /** What conditions mean, by their words. */
  conditions: ReadonlyMap<string, string>
}

/** How sure a word has to be to be taken for what hurts. */
const surenessNeeded = 0.5

const trained = new WeakMap<Language, Tagger>()

const taggerOf = (language: Language): Tagger => {
  const tagger = trained.get(language) ?? train(language)
  trained.set(language, tagger)
  return tagger
}

/** So many letters of a condition's name tell it in any of its forms: `celiac`, `celiaci`, `celiachia`. */
const conditionStem = 5

/** An allergy or an intolerance at the end of one word with what it is to: "Nussallergie", "laktosintolerans". */
const compoundOf = /^(\p{L}{3,})-?(?:s|en)??(?:all?ergi|intoleran|unvertraglichkeit|overgevoelig)\p{L}*$/u

/** What a condition that a word names forbids; null where it names none that the language's examples do. */
function forbiddenBy(word: string, { conditions }: Tagger): string | null {
  const compound = compoundOf.exec(fold(word))?.[1]
  if (compound !== undefined) return compound
  for (const [condition, forbidden] of conditions)
    if (word.length >= conditionStem && word.startsWith(condition.slice(0, conditionStem))) return forbidden
  return null
}

/** Whether a text names a condition that forbids something, wherever it stands: "flour for a celiac". */
export const namesCondition = (text: string, language: Language): boolean =>
  lexemesOf(text, language.code).some(({ word }) => forbiddenBy(word, taggerOf(language)) !== null)

/**
 * What a message says that somebody has to be kept from ("wool makes me itch": wool), in the order said; empty where it names
 * nothing. Told by the words around it and their order, as a language's examples mark it: which substances there are is not known.
 */
export function keptFrom(said: string, language: Language): KeptFrom[] {
  if (saysOwnAllergy(said, language)) return []
  const message = expandContractions(said, language.code)
  const tagger = taggerOf(language)
  const lexemes = lexemesOf(message, language.code)
  const sureness = lexemes.map((lexeme, at) =>
    forbiddenBy(lexeme.word, tagger) !== null
      ? 1
      : isCandidate(lexeme, language) && !isWhoHasIt(lexemes, at, language)
        ? (tagger.classifier.probabilities(featuresOf(lexemes, at, language)).get('kept') ?? 0)
        : 0,
  )
  const clause = clauseOf(message, lexemes, sureness, language)
  const inClause = ({ start }: Lexeme) => start >= clause.start && start < clause.end
  const surest = Math.max(0, ...lexemes.map((lexeme, at) => (inClause(lexeme) ? (sureness[at] ?? 0) : 0)))
  if (surest < surenessNeeded) return []
  const anchor = lexemes.findIndex((lexeme, at) => inClause(lexeme) && sureness[at] === surest)
  // "He can't have plums or pears": what an "or" joins hurts alike.
  const isJoined =
    joinsWith(lexemes, anchor, language) && isCandidate(lexemes[anchor - 2] as Lexeme, language)
  if (isJoined) sureness[anchor - 2] = Math.max(sureness[anchor - 2] ?? 0, surenessNeeded)
  const isSure = (at: number) => (sureness[at] ?? 0) >= surenessNeeded
  // "Tree nuts" is one thing.
  const isOneThing = (at: number) => isSure(at) && isSure(at + 1) && lexemes[at + 1]?.breakBefore !== true
  let from = anchor
  while (from > 0 && (isOneThing(from - 1) || isLinkedBack(lexemes, from, isSure, language))) from--
  const found: { what: string; start: number; last: number }[] = []
  for (let at = from; at < lexemes.length; at++) {
    const lexeme = lexemes[at]
    if (lexeme === undefined) break
    const before = found.at(-1)
    if (before && isOneThing(at - 1) && before.last === at - 1) {
      before.what = message.slice(before.start, lexeme.end)
      before.last = at
    } else if (at <= anchor ? isSure(at) : continuesList(lexemes, before?.last ?? anchor, at, language))
      found.push({ what: message.slice(lexeme.start, lexeme.end), start: lexeme.start, last: at })
  }
  return found.map(({ what }) => ({ said: what, what: forbiddenBy(fold(what), tagger) ?? what }))
}

/** An allergy, an intolerance or a condition by its stem in the languages, folded. */
export const hurts =
  /(?<!h?[iy]po)al+er[gj]|intol+er|vertrag|overkans|overgevoel|celiac|celiak|coeliak|zoliak/

/** Below this what sounds like an allergy, and names none, is doubted: alone, and weighed by how much of it examples of an allergy speak of. */
const doubtBelow = { alone: 0.9, weighed: 0.5 }

/**
 * Whether what somebody would be kept from is nothing that goods can hold, as far as is known: the message names no allergy, sounds little like one ("my
 * wrist is sore from rowing"), and neither the language's examples nor food law nor the catalog (`isHeld`) speak of such a thing as held in anything.
 */
export function isDoubtedAllergy(
  text: string,
  language: Language,
  isHeld: (word: string) => boolean,
): boolean {
  if (hurts.test(fold(text)) || namesCondition(text, language)) return false
  const kept = keptFrom(text, language)
  const isSure = [text, ...clausesOf(text).map((clause) => clause.text)].some((said) => {
    const alone = turnKindOf(said, language)?.probabilities.get('allergy') ?? 0
    return alone >= doubtBelow.alone || alone * shareTold(said, ['allergy'], language) >= doubtBelow.weighed
  })
  const known = substancesOf(language)
  const { meaning } = lexiconOf(language.code)
  return (
    kept.length > 0 &&
    !isSure &&
    !kept.some(({ what }) =>
      lexemesOf(what, language.code).some(({ word }) => known.has(meaning(word)) || isHeld(word)),
    )
  )
}

const substances = new WeakMap<Language, ReadonlySet<string>>()

/** What the examples of a language keep somebody from, and what has to be declared on food, by meaning. */
function substancesOf(language: Language): ReadonlySet<string> {
  const { meaning } = lexiconOf(language.code)
  const found =
    substances.get(language) ??
    new Set(
      [
        ...turnExamples(language).flatMap(({ text, kept }) =>
          kept.map(({ start, end, meant }) => meant ?? text.slice(start, end)),
        ),
        ...language.allergenLines,
      ].flatMap((text) => lexemesOf(text, language.code).map(({ word }) => meaning(word))),
    )
  substances.set(language, found)
  return found
}

/** "Is it all right for me with my allergy?": an allergy that was told of before, and not what it is to. */
export function saysOwnAllergy(text: string, language: Language): boolean {
  const own = new Set(grammarOf(language.code).own.map((word) => fold(word)))
  const lexemes = lexemesOf(text, language.code)
  return lexemes.some(({ word }, at) => {
    const next = lexemes[at + 1]
    return (
      allergyWord.test(word) &&
      own.has(lexemes[at - 1]?.word ?? '') &&
      (next === undefined || next.breakBefore)
    )
  })
}

const allergyWord = /^(?:all?erg|intoleran|unvertraglichkeit|overgevoelig)/

/** Whether an "or" alone stands between a place and a word before it. */
const joinsWith = (lexemes: readonly Lexeme[], at: number, { code }: Language): boolean =>
  at > 1 &&
  grammarOf(code).or.some((word) => fold(word) === lexemes[at - 1]?.word) &&
  lexemes[at]?.breakBefore === false &&
  lexemes[at - 1]?.breakBefore === false

/** Whether only "and", "or" stand before a place, and something sure before them. */
function isLinkedBack(
  lexemes: readonly Lexeme[],
  at: number,
  isSure: (at: number) => boolean,
  language: Language,
): boolean {
  const word = lexemes[at - 1]?.word ?? ''
  return linksOf(language).has(word)
    ? isSure(at - 2)
    : linksOf(language).has(lexemes[at]?.word ?? '') && isSure(at - 1)
}

function linksOf({ code }: Language): ReadonlySet<string> {
  const { and, or } = grammarOf(code)
  return new Set([...and, ...or].map((word) => fold(word)))
}

/** The clause that speaks most of an allergy and names what it is to. */
function clauseOf(
  message: string,
  lexemes: readonly Lexeme[],
  sureness: readonly number[],
  language: Language,
): { start: number; end: number } {
  const scored = clausesOf(message).map(({ text, start }) => {
    const end = start + text.length
    const named = lexemes.map((lexeme, at) =>
      lexeme.start >= start && lexeme.start < end ? (sureness[at] ?? 0) : 0,
    )
    const spoken = namesCondition(text, language)
      ? 1
      : (turnKindOf(text, language)?.probabilities.get('allergy') ?? 0)
    return { start, end, score: spoken * Math.max(0, ...named) }
  })
  return scored.toSorted((a, b) => b.score - a.score)[0] ?? { start: 0, end: message.length }
}

/** "Nuts, soy and milk": something that is no word of talk, with nothing between it and the last but "and", "or" and a comma. */
function continuesList(lexemes: readonly Lexeme[], last: number, at: number, language: Language): boolean {
  const lexeme = lexemes[at]
  if (lexeme === undefined || !isUnknown(lexeme, language)) return false
  const links = linksOf(language)
  const between = lexemes.slice(last + 1, at)
  if (!between.every(({ word }) => links.has(word))) return false
  const next = lexemes[at + 1]
  return (
    between.length > 0 ||
    (lexeme.breakBefore && (next === undefined || next.breakBefore || links.has(next.word)))
  )
}

const isCandidate = ({ kind, word }: Lexeme, language: Language): boolean =>
  kind === 'word' && !language.isFunctionWord(word)

/** "Daughter's allergic": who stands before the word for it, and nothing that hurts. */
const isWhoHasIt = (lexemes: readonly Lexeme[], at: number, language: Language): boolean =>
  beingAllergic.test(lexemes[at + 1]?.word ?? '') &&
  kinOf(language).has(lexiconOf(language.code).meaning(lexemes[at]?.word ?? ''))

/** `allergic`, `allergisch`, `alérgica` and the like, folded; not what an allergy is called. */
const beingAllergic = /^al+ergi[ckqs]/

const kin = new WeakMap<Language, ReadonlySet<string>>()

/** Whom the examples of an allergy call somebody's own ("my daughter", "mio figlio") and nobody is kept from. */
function kinOf(language: Language): ReadonlySet<string> {
  const known = kin.get(language)
  if (known) return known
  const own = new Set(grammarOf(language.code).own.map((word) => fold(word)))
  const { meaning } = lexiconOf(language.code)
  const hurting = new Set(
    turnExamples(language).flatMap(({ text, kept }) =>
      kept.flatMap(({ start, end }) =>
        lexemesOf(text.slice(start, end), language.code).map(({ word }) => meaning(word)),
      ),
    ),
  )
  const found = new Set(
    turnExamples(language)
      .flatMap(({ kind, text, kept }) => {
        const lexemes = kind === 'allergy' ? lexemesOf(text, language.code) : []
        return lexemes.flatMap(({ word, start, kind: of, breakBefore }, at) =>
          of === 'word' &&
          !breakBefore &&
          own.has(lexemes[at - 1]?.word ?? '') &&
          !language.isFunctionWord(word) &&
          !allergyWord.test(word) &&
          !kept.some((mark) => start >= mark.start && start < mark.end)
            ? meaning(word)
            : [],
        )
      })
      .filter((each) => !hurting.has(each)),
  )
  kin.set(language, found)
  return found
}

const isUnknown = (lexeme: Lexeme, language: Language): boolean =>
  isCandidate(lexeme, language) && !talkWords(language).has(lexeme.word)

function train(language: Language): Tagger {
  const conditions = new Map<string, string>()
  const examples = turnExamples(language)
    .filter(({ kind }) => kind === 'allergy')
    .flatMap(({ text, kept }) => {
      for (const { start, end, meant } of kept)
        if (meant !== null) conditions.set(fold(text.slice(start, end)), meant)
      // Any words stand for goods: something that is no word of talk.
      const lexemes = lexemesOf(text.replaceAll('…', 'x'), language.code)
      return lexemes.flatMap((lexeme, at) => {
        if (text[lexeme.start] !== '…' && !isCandidate(lexeme, language)) return []
        const isKept = kept.some(({ start, end }) => lexeme.start >= start && lexeme.start < end)
        return {
          kind: isKept ? ('kept' as const) : ('other' as const),
          features: featuresOf(lexemes, at, language),
        }
      })
    })
  return { classifier: fitClassifier(['kept', 'other'], examples), conditions }
}

/** The words around a place within its clause, where they are words of talk; what else is said counts as something, whatever it is. */
function featuresOf(lexemes: readonly Lexeme[], at: number, language: Language): string[] {
  const sayOf = (step: number): string => {
    const lexeme = lexemes[at + step]
    const between = step < 0 ? lexemes.slice(at + step + 1, at + 1) : lexemes.slice(at + 1, at + step + 1)
    if (lexeme === undefined || between.some(({ breakBefore }) => breakBefore)) return step < 0 ? '^' : '$'
    return lexeme.kind === 'word' && isUnknown(lexeme, language) ? '•' : lexeme.word
  }
  const [before2, before, own, after, after2] = [-2, -1, 0, 1, 2].map(sayOf)
  return [
    'bias',
    own === '•' ? 'unknown' : `=${lexiconOf(language.code).meaning(lexemes[at]?.word ?? '')}`,
    `<${before}`,
    `>${after}`,
    `<<${before2} ${before}`,
    `>>${after} ${after2}`,
    `<>${before} ${after}`,
    `<2${before2}`,
    `>2${after2}`,
  ]
}

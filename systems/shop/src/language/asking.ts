import { fold } from './fold.ts'
import { grammarOf } from './grammar.ts'
import type { GrammarRole } from './grammar.ts'
import { languageOf } from './language.ts'
import type { LanguageCode } from './languages.ts'
import { lexemesOf } from './lexemes.ts'
import type { Lexeme } from './lexemes.ts'

const read = new Map<string, readonly string[][]>()

/** The phrases of a role as words, the longest first. */
function phrasesOf(role: GrammarRole, code: LanguageCode): readonly string[][] {
  const key = `${code} ${role}`
  const known = read.get(key)
  if (known) return known
  const found = grammarOf(code)
    [role].map((phrase) => lexemesOf(phrase, code).map(({ word }) => word))
    .toSorted((a, b) => b.length - a.length)
  read.set(key, found)
  return found
}

/** How many words of a text one of a role's phrases takes from a place on; 0 where none stands there. */
function lengthAt(words: readonly string[], at: number, role: GrammarRole, code: LanguageCode): number {
  const phrase = phrasesOf(role, code).find((each) => each.every((word, index) => words[at + index] === word))
  return phrase?.length ?? 0
}

/**
 * How many words of a message are taken by the first phrases of some roles, one after the other: "and" and "a" of "and a pump", by
 * `[['and'], ['some']]`. A group that does not stand there takes none.
 */
export function opensWith(
  words: readonly string[],
  groups: readonly (readonly GrammarRole[])[],
  code: LanguageCode,
): number {
  return groups.reduce(
    (at, roles) => at + Math.max(0, ...roles.map((role) => lengthAt(words, at, role, code))),
    0,
  )
}

const questionRoles = ['asks', 'asks-of-it', 'how-many', 'which'] as const
const leads = ['in', 'for', 'from', 'made-of', 'with', 'to', 'at-most', 'at-least'] as const

/**
 * Whether a message asks: it ends in a question mark, or begins (after "and", "but", a comma) with a word that questions begin with in the
 * language. A wish ("a red one", "show me chairs") does not.
 */
export function isAsking(text: string, code: LanguageCode): boolean {
  if (/[?？]\s*$/.test(text)) return true
  const words = lexemesOf(text, code).map(({ word }) => word)
  const from = lengthAt(words, 0, 'and', code)
  return questionRoles.some((role) => lengthAt(words, from, role, code) > 0) || opensLed(words, from, code)
}

/** "Up to what temperature", "a quanti gradi": a question word that a preposition leads. */
function opensLed(words: readonly string[], from: number, code: LanguageCode): boolean {
  const led = leads.reduce((most, role) => Math.max(most, lengthAt(words, from, role, code)), 0)
  return led > 0 && opensAsking(words, from + led, code)
}

/**
 * The questions that a message puts one after the other: "how tall is it and is a bulb included?" puts two. Each begins behind a sign or "and" with
 * a word that questions begin with; what is said before the first stays out.
 */
export function askedParts(text: string, code: LanguageCode): string[] {
  const lexemes = lexemesOf(text, code)
  const words = lexemes.map(({ word }) => word)
  const starts = lexemes.flatMap(({ kind, breakBefore, start }, at) => {
    if (kind === 'sign') return []
    const joined = lengthAt(words, at, 'and', code)
    const from = at + joined
    const opens =
      opensAsking(words, from, code) ||
      opensLed(words, from, code) ||
      lengthAt(words, from, 'asks-of-it', code) > 0
    const isFirst = at === 0
    return opens && (isFirst || joined > 0 || breakBefore)
      ? [{ start, from: lexemes[from]?.start ?? start }]
      : []
  })
  const [first] = starts
  // "The second, how much is it, and what is in it?" asks before what looks like the first question.
  const isAskedBefore =
    first !== undefined &&
    lexemes.some(({ start }, at) => start > 0 && start < first.start && opensAsking(words, at, code))
  return (isAskedBefore ? [{ start: 0, from: 0 }, ...starts] : starts).map(({ from }, at, all) =>
    text.slice(from, all[at + 1]?.start ?? text.length).replace(/[\s,;.?!]+$/u, ''),
  )
}

const opensAsking = (words: readonly string[], at: number, code: LanguageCode): boolean =>
  (['asks', 'how-many', 'which'] as const).some((role) => lengthAt(words, at, role, code) > 0)

/** Whether a message asks what, which, how or where, and not whether. */
export function asksWhat(text: string, code: LanguageCode): boolean {
  const words = lexemesOf(text, code).map(({ word }) => word)
  return words.some((_, at) => opensAsking(words, at, code))
}

/** Whether a message asks which of several: it holds such a word among its first. */
export function asksWhich(text: string, code: LanguageCode): boolean {
  const words = lexemesOf(text, code).map(({ word }) => word)
  return words.slice(0, latestWhich).some((_, at) => lengthAt(words, at, 'which', code) > 0)
}

/** The word that stands right behind "which" in a message: `conditioner` of "and which conditioner goes with it?". Null where none does. */
export const askedWhich = (text: string, code: LanguageCode): string | null =>
  askedBehindWhich(text, code)[0] ?? null

/** The words behind a "which" near the beginning of a clause, up to the end of that: what is asked for is among the first of them ("oak shelf fits"). */
export function askedBehindWhich(text: string, code: LanguageCode): string[] {
  const lexemes = lexemesOf(text, code)
  const words = lexemes.map(({ word }) => word)
  const starts = lexemes.flatMap(({ breakBefore }, at) => (at === 0 || breakBefore ? at : []))
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? words.length
    for (let at = start; at < Math.min(end, start + latestWhich); at++) {
      const taken = lengthAt(words, at, 'which', code)
      if (taken === 0) continue
      const behind = lexemes.slice(at + taken, end)
      if (behind[0]?.kind === 'word') return behind.flatMap(({ kind, word }) => (kind === 'word' ? word : []))
    }
  }
  return []
}

/** "And of those, which": so many words may stand before it. */
const latestWhich = 4

/**
 * Whether a message asks something of what it is about ("is it …", "tiene …"), not which goods there are: it begins with a verb that is said
 * of a thing, and says "you" to nobody.
 */
export function asksOfIt(text: string, code: LanguageCode): boolean {
  const words = lexemesOf(text, code).map(({ word }) => word)
  const from = lengthAt(words, 0, 'and', code)
  const taken = lengthAt(words, from, 'asks-of-it', code)
  return taken > 0 && !addressed.has(words[from + taken] ?? '')
}

/** Whether a message begins with a question word, or asks and says "it" ("e ela pode explodir?"). */
export function asksOfThing(text: string, code: LanguageCode): boolean {
  const words = lexemesOf(text, code).map(({ word }) => word)
  const from = lengthAt(words, 0, 'and', code)
  // "Wann habt ihr offen?" asks the store of itself.
  if (
    (opensAsking(words, from, code) || opensLed(words, from, code)) &&
    !words.some((word) => addressed.has(word))
  )
    return true
  return saysIt(text, code)
}

/** Whether a message asks, and says "it". */
export function saysIt(text: string, code: LanguageCode): boolean {
  const words = lexemesOf(text, code).map(({ word }) => word)
  const last = words.length - 1
  return (
    isAsking(text, code) &&
    // An article with no noun behind it stands for one: "vilken vikt har den?".
    (words.some((_, at) => lengthAt(words, at, 'it', code) > 0) || lengthAt(words, last, 'the', code) > 0)
  )
}

/** Whether a message begins with a definite article, after "and": it speaks of what was spoken of. */
export const opensWithThe = (text: string, code: LanguageCode): boolean => {
  const words = lexemesOf(text, code).map(({ word }) => word)
  return lengthAt(words, lengthAt(words, 0, 'and', code), 'the', code) > 0
}

/** Whether a message says a definite article. */
export const saysThe = (text: string, code: LanguageCode): boolean => {
  const words = lexemesOf(text, code).map(({ word }) => word)
  return words.some((_, at) => lengthAt(words, at, 'the', code) > 0)
}

/** Who is asked what they have is the store. */
const addressed: ReadonlySet<string> = new Set('you sie ihr vous jullie je u ni du voce voces'.split(' '))

/** Whether a message says "you". */
export const addressesStore = (text: string, code: LanguageCode): boolean =>
  lexemesOf(text, code).some(({ word }) => addressed.has(word) || word === 'you')

/** Whether a message asks the store for what it has: it asks, or says "you". */
export const asksStore = (text: string, code: LanguageCode): boolean =>
  isAsking(text, code) || addressesStore(text, code)

/** "Have you got a": so many words may stand before what is asked for. */
const latestSome = 4

/**
 * Whether a message asks if there is one of some goods ("is there a rod that folds?", "gibt es eine Lampe mit Klemme?"): it begins with little words alone, then
 * an article or "anything". "Does a lid come with it?", "is it a small one?" ask of a thing.
 */
export function asksIfAny(text: string, code: LanguageCode): boolean {
  const words = lexemesOf(text, code).map(({ word }) => word)
  const language = languageOf(code)
  const from = lengthAt(words, 0, 'and', code) || lengthAt(words, 0, 'opener', code)
  const article = words.findIndex(
    (_, at) =>
      at > from && (lengthAt(words, at, 'some', code) > 0 || lengthAt(words, at, 'something', code) > 0),
  )
  const behindVerb = from + lengthAt(words, from, 'asks-of-it', code)
  const isLittle = (word: string) =>
    language.isFunctionWord(word) || language.isRequestWord(word) || isAskingWord(word, code)
  return (
    article !== -1 &&
    article - from <= latestSome &&
    behindVerb !== article &&
    // "Gibt es eine" asks whether there is one, "ist das eine" what it is.
    (behindVerb === from || lengthAt(words, behindVerb, 'it', code) === 0) &&
    words.slice(from, article).every(isLittle) &&
    asksStore(text, code)
  )
}

/** Whether a word belongs to the way a question is put in the language, and says nothing of what is asked. */
export function isAskingWord(word: string, code: LanguageCode): boolean {
  const folded = fold(word)
  return questionRoles.some((role) => phrasesOf(role, code).some((phrase) => phrase.includes(folded)))
}

/**
 * What a message asks whether there is for the thing in sight: `bag` of "is there a bag for it?". It asks or speaks to the store, and says
 * an article, a name of at most so many words, "for" and "it". Null where it asks for none.
 */
export function askedForIt(text: string, code: LanguageCode): string | null {
  if (!asksStore(text, code)) return null
  const lexemes = lexemesOf(text, code)
  const words = lexemes.map(({ word }) => word)
  const isAt = (at: number, role: GrammarRole) => lengthAt(words, at, role, code) > 0
  const before = words.findIndex((_, at) => {
    const taken = lengthAt(words, at, 'for', code)
    return taken > 0 && isAt(at + taken, 'it')
  })
  const from = words.findLastIndex((_, at) => at < before && isAt(at, 'some'))
  const taken = lengthAt(words, from, 'some', code)
  const named = lexemes.slice(from + taken, before)
  const [first, last] = [named[0], named.at(-1)]
  if (from === -1 || first === undefined || last === undefined || named.length > longestName) return null
  return named.every(({ kind, breakBefore }, at) => kind === 'word' && (at === 0 || !breakBefore))
    ? text.slice(first.start, last.end)
    : null
}

/** "A long shoulder strap for it": so many words name a thing. */
const longestName = 4

/** The words that follow "how many" or "how much" in a message, up to the end of its clause; null where it asks for no number. */
export function countAsked(text: string, code: LanguageCode): Lexeme[] | null {
  const lexemes = lexemesOf(text, code)
  const words = lexemes.map(({ word }) => word)
  for (const at of words.keys()) {
    const taken = lengthAt(words, at, 'how-many', code)
    if (taken === 0) continue
    const after = lexemes.slice(at + taken)
    const end = after.findIndex(({ breakBefore }, index) => index > 0 && breakBefore)
    return end === -1 ? after : after.slice(0, end)
  }
  return null
}

/**
 * Whether a message says how what is wanted must be: a clause of it has nothing but little words before "must" and says more behind it ("it has to be
 * of wood", "und er muss klein sein"). A question does not.
 */
export function saysMust(text: string, code: LanguageCode): boolean {
  if (/[?？]\s*$/.test(text)) return false
  const lexemes = lexemesOf(text, code)
  const words = lexemes.map(({ word }) => word)
  const language = languageOf(code)
  return lexemes.some((_, at) => {
    const taken = lengthAt(words, at, 'must', code)
    if (taken === 0 || lexemes[at + taken]?.breakBefore !== false) return false
    const start = lexemes.findLastIndex(({ breakBefore }, place) => breakBefore && place <= at)
    const before = words.slice(Math.max(0, start), at)
    return (
      before.every((word) => language.isFunctionWord(word)) &&
      // "I must say", "ich muss los" tells of somebody.
      !before.some((_, place) => lengthAt(before, place, 'speaker', code) > 0)
    )
  })
}

import { fold } from './fold.ts'
import { grammarOf } from './grammar.ts'
import { isKindOf } from './joined.ts'
import { lexemesOf } from './lexemes.ts'
import type { Lexeme } from './lexemes.ts'
import type { Lexicon } from './lexicon.ts'

/** How many words a denial reaches: "free of any real leather". */
const reach = 3
/** How many words apart what takes a denial back may stand: "not … free of". */
const takenBackReach = 5
/** Shorter words end too many others. */
const shortestThing = 3
/** Or begin them. */
const shortestBeginning = 5

/**
 * Whether a text names something (all words of it side by side, in whatever forms) otherwise than to deny it: "solid oak" names oak;
 * "oak-free", "no oak" and "free of oak" do not.
 */
export function names(text: string, what: string, lexicon: Lexicon): boolean {
  return mentions(text, what, lexicon).some(({ isDenied }) => !isDenied)
}

/**
 * The same for what somebody has to be kept from: its kinds name it (almonds are nuts, wheat holds gluten), and what is written as one word
 * with it. Walnuts and peanuts are nuts, buttermilk is milk; rather a doughnut too many is left out.
 */
export const namesAnyOf = (text: string, what: string, lexicon: Lexicon): boolean =>
  namesOrJoins(text, what, lexicon, false) ||
  kindsOf(what, lexicon).some((kind) => namesOrJoins(text, kind, lexicon, true))

const allergens = new WeakMap<Lexicon, ReadonlyMap<string, readonly string[]>>()

/** Kinds of what has to be declared on food; none of anything else. */
function kindsOf(what: string, lexicon: Lexicon): readonly string[] {
  const key = (text: string): string => stemsOf(text, lexicon).join(' ')
  const known =
    allergens.get(lexicon) ??
    new Map(
      lexicon.language.allergenLines.flatMap((line) => {
        const [called = '', kinds = ''] = line.split(' = ')
        return called.split(', ').map((name) => [key(name), kinds.split(', ')] as const)
      }),
    )
  allergens.set(lexicon, known)
  return known.get(key(what)) ?? []
}

/** `begins`: what begins with it names it, too: `Mandelkuchen`. */
function namesOrJoins(text: string, what: string, lexicon: Lexicon, begins: boolean): boolean {
  if (names(text, what, lexicon)) return true
  const [thing, ...more] = lexemesOf(what, lexicon.language.code)
  if (thing === undefined || more.length > 0 || thing.word.length < shortestThing) return false
  const endings = [thing.word, lexicon.stem(thing.word)].filter((ending) => ending.length >= shortestThing)
  const lexemes = lexemesOf(text, lexicon.language.code)
  const deniedFrom = deniedAfterLabel(text, lexicon)
  return lexemes.some(
    ({ kind, word }, at) =>
      kind === 'word' &&
      // "Peanuts" ends as "nuts" does, "peanut" as its stem; "minute" does neither.
      (endings.some((ending) => word.length > ending.length && word.endsWith(ending)) ||
        (begins && thing.word.length >= shortestBeginning && word.startsWith(thing.word))) &&
      denialOf(text, lexemes, at, at + 1, deniedFrom, lexicon) === null,
  )
}

/** Whether a text says that something is not in it: "oak-free", and neither "not oak-free" nor "oak free: no". */
export function denies(text: string, what: string, lexicon: Lexicon): boolean {
  return mentions(text, what, lexicon).some(({ isDenied, isTakenBack }) => isDenied && !isTakenBack)
}

/** The same, or of what else may be meant by it: "cordless" is without wires. Of what hurts that is not enough. */
export function deniesAlike(text: string, what: string, lexicon: Lexicon): boolean {
  if (denies(text, what, lexicon)) return true
  if (isDeclared(what, lexicon)) return false
  return lexicon.synonyms
    .substitutes(stemsOf(what, lexicon))
    .some(({ stems }) => denies(text, stems.join(' '), lexicon))
}

/** The same as `denies`, be it by a quantity: "0.0% alcohol". Of what hurts that is not enough: "0% milk" says how fat it is. */
export function statesNone(text: string, what: string, lexicon: Lexicon): boolean {
  if (denies(text, what, lexicon)) return true
  const wanted = stemsOf(what, lexicon)
  const lexemes = lexemesOf(text, lexicon.language.code)
  const stems = lexemes.map(({ kind, word }) => (kind === 'word' ? lexicon.meaning(word) : word))
  return stems.some(
    (stem, at) =>
      stem === wanted[0] &&
      endOf(wanted, stems, lexemes, at) !== null &&
      stems[at - 1] === '%' &&
      /^0+(?:[.,]0+)?$/.test(stems[at - 2] ?? '') &&
      lexemes[at]?.breakBefore === false,
  )
}

function mentions(
  text: string,
  what: string,
  lexicon: Lexicon,
): { isDenied: boolean; isTakenBack: boolean }[] {
  const { code } = lexicon.language
  const wanted = stemsOf(what, lexicon)
  const [first] = wanted
  if (first === undefined) return []
  const lexemes = lexemesOf(text, code)
  const deniedFrom = deniedAfterLabel(text, lexicon)
  const stems = lexemes.map(({ kind, word }) => (kind === 'word' ? lexicon.meaning(word) : word))
  return stems.flatMap((stem, at) => {
    if (wanted.length === 1 && lackedBy(lexemes[at]?.word ?? '', lexicon) === first) {
      const denial = { from: at, to: at + 1 }
      return { isDenied: true, isTakenBack: isTakenBack(lexemes, denial, lexicon) }
    }
    // A Netzkabel is a Kabel.
    const isNamed =
      stem === first || (wanted.length === 1 && lexemes[at]?.kind === 'word' && isKindOf(stem, first, code))
    const end = isNamed ? endOf(wanted, stems, lexemes, at) : null
    if (end === null) return []
    const denial = denialOf(text, lexemes, at, end, deniedFrom, lexicon)
    return {
      isDenied: denial !== null,
      isTakenBack: denial !== null && isTakenBack(lexemes, denial, lexicon),
    }
  })
}

/** What a word says to be without, by its meaning: `wire` of `wireless`. Other languages' are split before. Null where it says no such thing. */
function lackedBy(word: string, { language, meaning }: Lexicon): string | null {
  const [, thing] = language.code === 'en' ? (/^(\p{L}{3,})less$/u.exec(word) ?? []) : []
  return thing === undefined ? null : meaning(thing)
}

/** Where words end that begin at a place, in their order; one may stand between two of them: "(Palm) Kernel Oil" is palm oil. */
function endOf(
  wanted: readonly string[],
  stems: readonly string[],
  lexemes: readonly Lexeme[],
  from: number,
): number | null {
  let at = from
  for (const each of wanted.slice(1)) {
    const next = [at + 1, at + 2].find(
      (place) =>
        stems[place] === each &&
        lexemes.slice(at + 1, place + 1).every(({ breakBefore, kind }) => !breakBefore && kind === 'word'),
    )
    if (next === undefined) return null
    at = next
  }
  return at + 1
}

const stemsOf = (text: string, lexicon: Lexicon): string[] =>
  lexemesOf(text, lexicon.language.code)
    .filter(({ kind }) => kind !== 'sign')
    .map(({ kind, word }) => (kind === 'word' ? lexicon.meaning(word) : word))

/** More words before a colon are a sentence. */
const longestLabel = 3

/** Where what a label denies begins: all that `Free of: milk, eggs` lists. Infinity where no label does. */
function deniedAfterLabel(text: string, { language }: Lexicon): number {
  const [whole = '', label = ''] = /^\s*([\p{L}\p{M}\s]{2,40}):/u.exec(text) ?? []
  const words = fold(label).trim().split(/\s+/)
  const isDenied =
    words.length <= longestLabel &&
    grammarOf(language.code)['free-of'].some((phrase) => `${words.join(' ')} `.startsWith(`${fold(phrase)} `))
  return isDenied ? whole.length : Number.POSITIVE_INFINITY
}

/** The lexemes that deny it and what they deny: from and to; null where nothing does. */
function denialOf(
  text: string,
  lexemes: readonly Lexeme[],
  from: number,
  to: number,
  deniedFrom: number,
  lexicon: Lexicon,
): { from: number; to: number } | null {
  if ((lexemes[from]?.start ?? 0) >= deniedFrom) return { from: 0, to }
  const { without, free } = grammarOf(lexicon.language.code)
  const next = lexemes[to]
  // "Gluten-free" is written so in every language.
  const isFree = (word: string) => [...free, ...grammarOf('en').free].some((each) => fold(each) === word)
  if (next && !next.breakBefore && isFree(next.word)) return { from, to: to + 1 }
  const openers = without.map((phrase) => fold(phrase).split(' '))
  for (let at = from - 1; at >= Math.max(0, from - reach); at--) {
    if (lexemes[at + 1]?.breakBefore === true) break
    if (openers.some((words) => words.every((word, index) => lexemes[at + index]?.word === word)))
      return { from: at, to }
  }
  return denialOfList(lexemes, from, to, lexicon) ?? denialOfItems(text, lexemes, from, to, lexicon)
}

/** An item of a list that is denied has so many words at most, and the list so many items. */
const longestItem = 3
const mostItems = 8

/**
 * "No ash, oak or birch", "weder Esche noch Birke", "ohne Eiche, Esche und Birke": what opens a list denies each item of it. Such a list is closed by "or",
 * or by "and" where the text or a clause begins with "free of": "oats free of gluten, nuts and salt" may hold nuts.
 */
function denialOfItems(
  text: string,
  lexemes: readonly Lexeme[],
  from: number,
  to: number,
  lexicon: Lexicon,
): { from: number; to: number } | null {
  const { language } = lexicon
  const grammar = grammarOf(language.code)
  const [ors, ands, fillers] = [[...grammar.or, ...grammar.nor], grammar.and, grammar.filler].map(
    (words) => new Set(words.map((word) => fold(word))),
  ) as [Set<string>, Set<string>, Set<string>]
  const gapBefore = (at: number): string => text.slice(lexemes[at - 1]?.end ?? 0, lexemes[at]?.start)
  const isStopped = (at: number): boolean => /[.;:!?|\n(]/.test(gapBefore(at))
  const isJoin = (at: number): boolean =>
    ors.has(lexemes[at]?.word ?? '') || ands.has(lexemes[at]?.word ?? '')
  const isItem = ({ kind, word }: Lexeme): boolean =>
    kind === 'word' && (fillers.has(word) || !language.isFunctionWord(word))
  const openers = (phrases: readonly string[]) => phrases.map((phrase) => fold(phrase).split(' '))
  const [without, freeOf] = [openers([...grammar.without, ...grammar.nor]), openers(grammar['free-of'])]
  /** Where one of some phrases begins that ends right before a place; -1 without one. */
  const openedBefore = (at: number, phrases: readonly string[][]): number => {
    const found = phrases.find((words) =>
      words.every((word, index) => lexemes[at - words.length + index]?.word === word),
    )
    return found === undefined ? -1 : at - found.length
  }
  /** The joining word before each item from the one that was asked for back to the first; null for a comma. */
  const joins: (string | null)[] = []
  let [at, length, longest] = [from, to - from, to - from]
  let opened = -1
  let isAnd = false
  for (; joins.length < mostItems; at--) {
    const strictly = openedBefore(at, freeOf)
    opened = strictly === -1 ? openedBefore(at, without) : strictly
    isAnd = strictly !== -1
    if (opened !== -1 && !ors.has(lexemes[opened]?.word ?? '')) break
    const before = lexemes[at - 1]
    if (before === undefined || isStopped(at)) return null
    if (isJoin(at - 1)) {
      joins.push(before.word)
      at--
      if (isStopped(at)) return null
      length = 0
    } else if (lexemes[at]?.breakBefore) {
      joins.push(null)
      length = 0
    }
    const next = lexemes[at - 1]
    if (next === undefined || !isItem(next)) {
      // "Ni pollo ni trigo", "weder Esche noch Birke": each is led by what joins.
      opened = openedBefore(at, without)
      if (opened === -1) return null
      break
    }
    length += fillers.has(next.word) ? 0 : 1
    longest = Math.max(longest, length)
    if (length > longestItem) return null
  }
  if (opened === -1) return null
  joins.reverse()
  // On to the item that closes the list.
  for (let next = to, own = to - from; joins.findLast((join) => join !== null) === undefined; next++) {
    const lexeme = lexemes[next]
    if (lexeme === undefined || isStopped(next) || joins.length > mostItems) return null
    if (isJoin(next)) {
      joins.push(lexeme.word)
      break
    }
    if (!isItem(lexeme)) return null
    if (lexeme.breakBefore) {
      joins.push(null)
      own = 0
    }
    own += fillers.has(lexeme.word) ? 0 : 1
    longest = Math.max(longest, own)
    if (own > longestItem) return null
  }
  const closing = joins.findIndex((join) => join !== null)
  // Behind what closes it a comma begins something else.
  if (closing === -1 || joins.slice(closing).includes(null)) return null
  const areOr = joins.every((join) => join === null || ors.has(join))
  const isClause = opened === 0 || isStopped(opened) || fillers.has(lexemes[opened - 1]?.word ?? '')
  return areOr || (isAnd && isClause && longest === 1) ? { from: opened, to } : null
}

/** "Free from milk, gluten, eggs and nuts" denies each: of what has to be declared, by one word each, up to the "and" that closes the list. */
function denialOfList(
  lexemes: readonly Lexeme[],
  from: number,
  to: number,
  lexicon: Lexicon,
): { from: number; to: number } | null {
  const grammar = grammarOf(lexicon.language.code)
  const joins = new Set([...grammar.and, ...grammar.or, ...grammar.nor].map((word) => fold(word)))
  const isJoin = (at: number) => joins.has(lexemes[at]?.word ?? '')
  const declared = declaredIn(lexicon)
  const isItem = (at: number) => {
    const { kind, word } = lexemes[at] ?? {}
    return kind === 'word' && word !== undefined && declared.has(lexicon.meaning(word))
  }
  /** Whether what stands at a place goes on the list that the place before is of. */
  const goesOn = (at: number) => isItem(at) && (isJoin(at - 1) || lexemes[at]?.breakBefore === true)
  if (to !== from + 1 || !goesOn(from)) return null
  let first = from
  while (goesOn(first)) first -= isJoin(first - 1) ? 2 : 1
  let last = from
  while (goesOn(last + 1) || (isJoin(last + 1) && goesOn(last + 2))) last += isJoin(last + 1) ? 2 : 1
  const openers = grammar['free-of'].map((phrase) => fold(phrase).split(' '))
  const opener = openers.find((words) =>
    words.every((word, index) => lexemes[first - words.length + index]?.word === word),
  )
  if (opener === undefined || !isItem(first) || lexemes[first]?.breakBefore === true || !isJoin(last - 1))
    return null
  return { from: first - opener.length, to }
}

const declaredWords = new WeakMap<Lexicon, ReadonlySet<string>>()

/** Whether all that some words name has to be declared on food. */
export function isDeclared(what: string, lexicon: Lexicon): boolean {
  const stems = stemsOf(what, lexicon)
  return stems.length > 0 && stems.every((stem) => declaredIn(lexicon).has(stem))
}

/** What has to be declared on food and is called by one word, its kinds too. */
function declaredIn(lexicon: Lexicon): ReadonlySet<string> {
  const known =
    declaredWords.get(lexicon) ??
    new Set(
      lexicon.language.allergenLines
        .flatMap((line) => line.split(/ = |, /))
        .flatMap((name) => {
          const [stem, ...more] = stemsOf(name, lexicon)
          return stem === undefined || more.length > 0 ? [] : stem
        }),
    )
  declaredWords.set(lexicon, known)
  return known
}

/** "Not nut-free", "nut free: no": something that denies stands close before or after the denial. */
function isTakenBack(
  lexemes: readonly Lexeme[],
  denial: { from: number; to: number },
  { language }: Lexicon,
): boolean {
  const nots = new Set([...grammarOf(language.code).not, 'false'].map((word) => fold(word)))
  const isNot = ({ word }: Lexeme) => nots.has(word) || language.isNegation(word)
  const before = lexemes.slice(Math.max(0, denial.from - takenBackReach), denial.from)
  const cut = before.findLastIndex(
    (_, index) => lexemes[denial.from - before.length + index + 1]?.breakBefore,
  )
  const after = lexemes[denial.to]
  return before.slice(cut + 1).some(isNot) || (after !== undefined && !after.breakBefore && isNot(after))
}

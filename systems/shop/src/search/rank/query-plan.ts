import type { Constraint } from '../../domain/constraints.ts'
import { fold } from '../../language/fold.ts'
import { grammarOf } from '../../language/grammar.ts'
import { nounFirst } from '../../language/languages.ts'
import type { LanguageCode } from '../../language/languages.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import type { Place } from '../analyze/places.ts'
import { readPlaces } from '../analyze/places.ts'

/** One way in which a document can hold what a query word asks for. */
export interface Alternative {
  /** Index terms that must stand near each other; mostly one. */
  terms: string[]
  /** 0 to 1: how sure it is that this is what was meant. */
  weight: number
  via: 'word' | 'joined' | 'split' | 'kind' | 'synonym' | 'number' | 'typo'
}

/** What one query word (or phrase) asks for. A document scores by its best alternative, never by their sum. */
export interface Group {
  text: string
  weight: number
  role: Role
  position: number
  /** A run of groups that stand side by side in one clause. */
  clause: number
  alternatives: Alternative[]
}

export type Role = 'head' | 'modifier' | 'purpose' | 'detail'

export interface QueryPlan {
  /** Query words that the catalog can answer. */
  groups: Group[]
  /** Whether the query had words of content at all, known or not. */
  asked: boolean
}

/** Words of the dictionary, for choices that depend on what the catalog holds. */
export interface Dictionary {
  /** Documents that hold the term. */
  frequency(term: string): number
  /** Known terms within a small edit distance, nearest first. */
  similar(term: string): { term: string; similarity: number }[]
  /** Known terms that end in the term and are a kind of it; none in languages that write such words apart. */
  kindsOf(term: string, lexicon: Lexicon): string[]
}

export const roleWeights: Record<Role, number> = { head: 1.3, modifier: 1, purpose: 0.8, detail: 0.6 }

/** Shorter words, as stems, stand at the end of too many others by chance: kinds of them are found only where they say what is wanted. */
const shortestKind = 4

/** Words of asking and of an offer's terms can also be content: a price gun, a shipping label, a style comb. */
const requestWordWeight = 0.15
/** A word that the catalog holds in a form surer than this is no misspelling. */
const sureEnough = 0.75
const measureNumberWeight = 0.4
const typoWeight = 0.7
/** `Dinkelnudeln` for `Nudeln`. */
const kindWeight = 0.8
/** Of a word whose stem has three letters. */
const shortKindWeight = 0.3

const englishPurposes = ['for', 'to', 'fit', 'fits', 'compatible']
const englishDetails =
  'with in from that which made by featuring having has have priced suitable available preferably ideally offering plus including comes come on at under over and or around where'.split(
    ' ',
  )

interface Openers {
  purposes: ReadonlySet<string>
  details: ReadonlySet<string>
}

const openers = new Map<LanguageCode, Openers>()

/** Little words after which a query says what the thing is for, or how it is. */
function openersOf(code: LanguageCode): Openers {
  const known = openers.get(code)
  if (known !== undefined) return known
  const grammar = grammarOf(code)
  const folded = (phrases: readonly string[]): string[] => phrases.map((phrase) => fold(phrase))
  const found: Openers =
    code === 'en'
      ? { purposes: new Set(englishPurposes), details: new Set(englishDetails) }
      : { purposes: new Set(folded(grammar.for)), details: new Set(folded([...grammar.with, ...grammar.in])) }
  openers.set(code, found)
  return found
}

interface Word {
  token: Place
  weight: number
  role: Role
  clause: number
}

/** Reads a query: which words matter how much, and what else may stand for each. */
export function planQuery(text: string, dictionary: Dictionary, lexicon: Lexicon): QueryPlan {
  const words = rolesOf(readPlaces(text, lexicon.language), lexicon)
  const groups: Group[] = []
  const byText = new Map<string, Group>()
  words.forEach((word, index) => {
    const form = word.token.forms[0] ?? ''
    const weight = word.weight * roleWeights[word.role]
    if (weight === 0) return
    const known = byText.get(lexicon.stem(form))
    if (known !== undefined) {
      known.weight = Math.max(known.weight, weight)
      return
    }
    const alternatives = alternativesOf(words, index, dictionary, lexicon)
    if (alternatives.length === 0) return
    const group: Group = {
      text: form,
      weight,
      role: word.role,
      position: word.token.position,
      clause: word.clause,
      alternatives,
    }
    byText.set(lexicon.stem(form), group)
    groups.push(group)
  })
  return { groups, asked: words.some((word) => word.weight === 1) }
}

/** Whether a constraint only repeats what is asked for: its words hold the head of the query, or all of it, or its purpose. */
export function namesTheProduct({ text }: Constraint, { groups }: QueryPlan, lexicon: Lexicon): boolean {
  const said = new Set(readPlaces(text, lexicon.language).map(({ forms: [form = ''] }) => lexicon.stem(form)))
  const inside = groups.filter((group) => said.has(lexicon.stem(group.text)))
  return inside.length === groups.length || inside.some(({ role }) => role === 'head' || role === 'purpose')
}

/**
 * The first noun phrase says what is wanted and its last word is the head (`straw tote bags in creamy white`: bags), in French, Spanish,
 * Italian and Portuguese its first (`bolso de cuero`: bolso);
 * what follows `for` is its purpose; what follows `with`, `in`, a comma and the like is detail.
 */
function rolesOf(places: readonly Place[], lexicon: Lexicon): Word[] {
  const words: Word[] = []
  const { purposes, details } = openersOf(lexicon.language.code)
  let role: Role = 'modifier'
  let clause = 0
  let started = false
  for (const token of places) {
    const form = token.forms[0] ?? ''
    const weight = lexicon.isFunctionWord(form)
      ? 0
      : lexicon.language.isRequestWord(form)
        ? requestWordWeight
        : 1
    if (started && token.clauseStart) {
      role = 'detail'
      clause += 1
    }
    if (started && weight < 1 && (purposes.has(form) || details.has(form))) {
      role = purposes.has(form) ? 'purpose' : 'detail'
      clause += 1
    }
    if (weight === 1) started = true
    words.push({ token, weight, role, clause })
  }
  const phrase = words.filter(
    (word) => word.role === 'modifier' && word.weight === 1 && word.token.kind === 'word',
  )
  const head = nounFirst.has(lexicon.language.code) ? phrase[0] : phrase.at(-1)
  if (head !== undefined) head.role = 'head'
  return words
}

function alternativesOf(
  words: readonly Word[],
  index: number,
  dictionary: Dictionary,
  lexicon: Lexicon,
): Alternative[] {
  const word = words[index]
  if (word === undefined) return []
  const { token } = word
  const found: Alternative[] = []
  const add = (terms: string[], weight: number, via: Alternative['via']): void => {
    if (terms.some((term) => dictionary.frequency(term) === 0)) return
    const key = terms.join(' ')
    const known = found.find((alternative) => alternative.terms.join(' ') === key)
    if (known === undefined) found.push({ terms, weight, via })
    else if (known.weight < weight) known.weight = weight
  }
  const form = token.forms[0] ?? ''
  const own = lexicon.stem(form)
  token.forms.forEach((other, at) => {
    const weight = at === 0 ? 1 : token.kind === 'measure' ? measureNumberWeight : 0.6
    add([lexicon.stem(other)], weight, at === 0 ? 'word' : token.kind === 'measure' ? 'number' : 'joined')
  })
  if (token.kind === 'word') {
    addSynonyms(words, index, lexicon, add)
    addCompounds(words, index, lexicon, add)
    // What is for a Rad is none.
    if (own.length >= shortestKind || word.role === 'head')
      for (const term of dictionary.kindsOf(own, lexicon))
        add([term], own.length >= shortestKind ? kindWeight : shortKindWeight, 'kind')
    if (dictionary.frequency(own) === 0 && found.every((alternative) => alternative.weight < sureEnough)) {
      // An ending that is none ("weding") is cut off as if it were one: the word as it is written may be nearer.
      for (const written of new Set([own, form]))
        for (const { term, similarity } of dictionary.similar(written))
          add([term], typoWeight * similarity, 'typo')
    }
  }
  return found
}

type Add = (terms: string[], weight: number, via: Alternative['via']) => void

/** Synonyms of the word alone, and of each phrase of up to three words that it is part of. */
function addSynonyms(words: readonly Word[], index: number, lexicon: Lexicon, add: Add): void {
  for (let length = 1; length <= 3; length += 1) {
    for (let start = index - length + 1; start <= index; start += 1) {
      const phrase = words.slice(Math.max(start, 0), start + length)
      if (start < 0 || phrase.length < length) continue
      const stems = phrase.map((part) => lexicon.stem(part.token.forms[0] ?? ''))
      for (const other of lexicon.synonyms.substitutes(stems)) add(other.stems, other.weight, 'synonym')
    }
  }
}

/** `watch band` → `watchband`, and `watchband` → `watch` beside `band`. */
function addCompounds(words: readonly Word[], index: number, { stem }: Lexicon, add: Add): void {
  const form = words[index]?.token.forms[0] ?? ''
  const before = words[index - 1]?.token
  const after = words[index + 1]?.token
  if (before !== undefined && before.kind === 'word')
    add([stem(`${before.forms[0] ?? ''}${form}`)], 0.9, 'joined')
  if (after !== undefined && after.kind === 'word')
    add([stem(`${form}${after.forms[0] ?? ''}`)], 0.9, 'joined')
  for (let cut = 3; cut <= form.length - 3; cut += 1)
    add([stem(form.slice(0, cut)), stem(form.slice(cut))], 0.85, 'split')
}

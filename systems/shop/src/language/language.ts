import { HeavyliftError } from '@heavylift/core'
import { linesOf } from './data-files.ts'
import { fold } from './fold.ts'
import type { LanguageCode } from './languages.ts'
import { libraries } from './libraries.ts'

/** What one language knows of words. Words are given folded: lower case, without accents. */
export interface Language {
  readonly code: LanguageCode
  /** What the forms of a word share: `knives` and `knife`, `colour` and `colors`, `lámparas` and `lampara`. */
  stem(word: string): string
  /** Carries no content of its own: articles, prepositions, pronouns. */
  isFunctionWord(word: string): boolean
  /** Stands around what a shopper wants ("show me", "cheap"), or names the terms of an offer. */
  isRequestWord(word: string): boolean
  /** Turns a statement round: "not", "never". */
  isNegation(word: string): boolean
  /** Synonyms of any store, as `data/<code>/synonyms.txt` writes them. */
  readonly synonymLines: readonly string[]
  /** What shoppers say, by the kind of thing that they want: `@kind` lines, each followed by examples. */
  readonly turnLines: readonly string[]
  /** Further examples, from which the kinds of turns are learned and nothing else: no word of theirs is one of talk. */
  readonly sayingLines: readonly string[]
  /** Sentences of answers: `name = words with {slots}`; a name may come several times, with other words for the same. */
  readonly answerLines: readonly string[]
  /** Words by which a store's own rules are told to be about a topic: `topic = words`. */
  readonly topicLines: readonly string[]
  /** What can be asked for as a number: `name = words that ask for it | units that answer it`. */
  readonly dimensionLines: readonly string[]
  /** What is done to somebody, and who that is: `verbs = words`, `people = words`. */
  readonly dangerLines: readonly string[]
  /** The sides of a thing: `side = words | letters that label it`. */
  readonly sideLines: readonly string[]
  /** What is done with goods: verbs that answer for one another, a line each. */
  readonly treatmentLines: readonly string[]
  /** What is asked of a thing in other words than its listing has: `name = how it is asked | headings | words of a sentence`. */
  readonly askedLines: readonly string[]
  /** Made listings and what is asked of them, by what it is about: those that are the same in each language, then further ones. */
  readonly listingLines: readonly string[]
  /** Lines of made listings: `! line` warns, forbids or says what the product does not go with, `- line` only tells. */
  readonly cautionLines: readonly string[]
  /** More or less of a measure: `more length = bigger, longer`. */
  readonly comparativeLines: readonly string[]
  /** Words that ask for the least of a measure: `smallest, lightest`. */
  readonly leastLines: readonly string[]
  /** What has to be declared on food, as its kinds are called: `nut, nuts = almond, hazelnut`. */
  readonly allergenLines: readonly string[]
}

/** Words repeat so much in a catalog that looking their stems up pays. */
const mostRemembered = 200_000

const known = new Map<LanguageCode, Language>()

/** The language of a code, read from its folder on first use. */
export function languageOf(code: LanguageCode): Language {
  const found = known.get(code) ?? readLanguage(code)
  known.set(code, found)
  return found
}

function readLanguage(code: LanguageCode): Language {
  const { stem: snowball, stopWords } = libraries[code]
  const { forms, endings, alone, kept } = readForms(linesOf(code, 'forms'))
  // In a store these name sizes, whatever they are in a sentence.
  const functionWords = new Set(stopWords.map((word) => fold(word)).filter((word) => !/^[sml]$/.test(word)))
  for (const word of wordsOf(code, 'stop-words')) {
    if (word.startsWith('-')) functionWords.delete(word.slice(1))
    else functionWords.add(word)
  }
  const negations = new Set(wordsOf(code, 'negations'))
  const requestWords = new Set(wordsOf(code, 'request-words'))
  const stems = new Map<string, string>()

  const stem = (word: string): string => {
    const remembered = stems.get(word)
    if (remembered !== undefined) return remembered
    const stemmed = stemOnce(word)
    if (stems.size >= mostRemembered) stems.clear()
    stems.set(word, stemmed)
    return stemmed
  }
  const stemOf = (word: string): string =>
    kept.some((ending) => word.endsWith(ending)) ? word : snowball(word)
  const stemOnce = (word: string): string => {
    // Models and sizes (`a7`, `xl`) have no forms.
    if (word.length < 3 || !/^\p{L}+$/u.test(word)) return word
    const form = forms.get(word)
    if (form !== undefined) return alone.has(form) ? form : snowball(form)
    for (const [ending, instead] of endings)
      if (word.length > ending.length + 1 && word.endsWith(ending))
        return stemOf(word.slice(0, -ending.length) + instead)
    return stemOf(word)
  }
  return {
    code,
    stem,
    isFunctionWord: (word) => functionWords.has(word),
    isRequestWord: (word) => requestWords.has(word),
    isNegation: (word) => negations.has(word),
    synonymLines: linesOf(code, 'synonyms'),
    turnLines: linesOf(code, 'turns'),
    sayingLines: linesOf(code, 'sayings'),
    answerLines: linesOf(code, 'answers'),
    topicLines: linesOf(code, 'topics'),
    dimensionLines: linesOf(code, 'dimensions'),
    dangerLines: linesOf(code, 'dangers'),
    treatmentLines: linesOf(code, 'treatments'),
    sideLines: linesOf(code, 'sides'),
    askedLines: linesOf(code, 'asked'),
    listingLines: [...linesOf(code, 'listings'), ...linesOf(code, 'further-listings')],
    cautionLines: linesOf(code, 'cautions'),
    comparativeLines: linesOf(code, 'comparatives'),
    leastLines: linesOf(code, 'least'),
    allergenLines: linesOf(code, 'allergens'),
  }
}

function wordsOf(code: LanguageCode, name: string): string[] {
  return linesOf(code, name).flatMap((line) => line.split(/\s+/).map((word) => fold(word)))
}

function readForms(lines: readonly string[]): {
  forms: Map<string, string>
  endings: [string, string][]
  /** Their own stem. */
  alone: Set<string>
  /** Endings that no stem loses. */
  kept: string[]
} {
  const forms = new Map<string, string>()
  const endings: [string, string][] = []
  const alone = new Set<string>()
  const kept: string[] = []
  for (const line of lines) {
    const [from, to, ...rest] = line.split(/\s+/).map((word) => fold(word))
    if (from?.startsWith('-') === true && to === undefined) {
      kept.push(from.slice(1))
      continue
    }
    if (from !== undefined && to === undefined) {
      alone.add(from)
      forms.set(from, from).set(`${from}s`, from)
      continue
    }
    if (from === undefined || to === undefined || rest.length > 0)
      throw new HeavyliftError({
        code: 'language-data-invalid',
        message: `"${line}" is no pair of a form and the word that it counts as.`,
      })
    if (from.startsWith('-')) endings.push([from.slice(1), to])
    else forms.set(from, to)
  }
  return { forms, endings, alone, kept }
}

import type { Evidence } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { asksWhat, isAsking } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { negationScopes } from '../understand/negation.ts'
import { tokenize } from '../understand/text.ts'
import { listingEvidence } from './evidence.ts'
import { speaksOfChild } from './for-a-child.ts'
import { contentStems } from './words.ts'

/**
 * The meanings of what a text forbids, from "never", "not for" and the like to the end of the clause. `isWhole`: nothing narrows it, as "under
 * 6 months" and "with allergies" do.
 */
function forbiddenIn(text: string, lexicon: Lexicon): { stem: string; isWhole: boolean }[] {
  const { language } = lexicon
  const { forbids, the } = grammarOf(language.code)
  const lexemes = lexemesOf(text, language.code)
  const phrases = forbids.map((phrase) => lexemesOf(phrase, language.code).map(({ word }) => word))
  const articles = new Set(the.map((word) => fold(word)))
  const ends = (at: number): boolean =>
    lexemes[at] === undefined || /[,;:.!?|\n()]/.test(text.slice(lexemes[at - 1]?.end, lexemes[at]?.start))
  return lexemes.flatMap((_, at) => {
    const phrase = phrases.find((words) => words.every((word, index) => lexemes[at + index]?.word === word))
    if (phrase === undefined || isTold(phrase, lexemes[at + phrase.length], language.code)) return []
    const from = at + phrase.length
    let to = from
    while (to === from ? lexemes[to] !== undefined : !ends(to)) to++
    // "Nichts für Katzen, die …" is for others; verbs may close a clause of a Germanic language.
    const gap = text.slice(lexemes[to - 1]?.end, lexemes[to]?.start).trim()
    const isRelative = language.code === 'de' && gap === ',' && articles.has(lexemes[to]?.word ?? '')
    const last = verbLast.has(language.code) ? to - 2 : to - 1
    return lexemes
      .slice(from, to)
      .flatMap(({ word, kind }, index) =>
        kind !== 'word' || language.isFunctionWord(word)
          ? []
          : { stem: lexicon.meaning(word), isWhole: !isRelative && from + index >= last },
      )
  })
}

const verbLast: ReadonlySet<string> = new Set(['de', 'nl'])

/** "It never slips" tells, "never use it" forbids. */
const isTold = (phrase: readonly string[], next: Lexeme | undefined, code: string): boolean =>
  code === 'en' && phrase.at(-1) === 'never' && /[^s]s$/.test(next?.word ?? '')

/** Whether a line of a listing forbids anything. */
export const forbids = (text: string, lexicon: Lexicon): boolean => forbiddenIn(text, lexicon).length > 0

/** The line of a listing that forbids what a message wants ("a spray for cats", where it says never to use it on cats). Null without one. */
export function forbidding(message: string, product: Product, lexicon: Lexicon): Evidence | null {
  const tokens = tokenize(message, lexicon)
  const scopes = negationScopes(tokens, lexicon.language)
  const called = new Set(contentStems(product.title, lexicon))
  const wanted = new Set(
    tokens.flatMap(({ word, isContent }, at) =>
      !isContent || (scopes[at] ?? -1) >= 0 ? [] : contentStems(word, lexicon),
    ),
  )
  const isWanted = (stem: string) => wanted.has(stem) && !called.has(stem)
  return (
    listingEvidence(product, lexicon).find(({ text }) =>
      forbiddenIn(text, lexicon).some(({ stem, isWhole }) => isWhole && isWanted(stem)),
    ) ?? null
  )
}

/** The line of a listing that forbids what a question asks whether it may be done, and says as much of it as any other line. Null without one. */
export function forbiddenLine(question: string, product: Product, lexicon: Lexicon): Evidence | null {
  const { code } = lexicon.language
  if (!isAsking(question, code) || asksWhat(question, code)) return null
  const called = new Set(contentStems(product.title, lexicon))
  const asked = contentStems(question, lexicon).filter((stem) => !called.has(stem))
  const lines = listingEvidence(product, lexicon)
  const said = ({ stems }: Evidence) => asked.filter((stem) => stems.has(stem)).length
  const most = Math.max(0, ...lines.map(said))
  const forbidsAsked = ({ text }: Evidence): boolean =>
    forbiddenIn(text, lexicon).some(({ stem }) => asked.includes(stem))
  const line = lines.find((each) => said(each) === most && forbidsAsked(each))
  if (line !== undefined || !speaksOfChild(question, lexicon.language)) return line ?? null
  // "Can my niece of 8 have it?" is told by what is not for children.
  const children = new Set(grammarOf(code).child.flatMap((word) => contentStems(word, lexicon)))
  return lines.find(({ text }) => forbiddenIn(text, lexicon).some(({ stem }) => children.has(stem))) ?? null
}

import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { GrammarRole } from '../language/grammar.ts'
import type { Language } from '../language/language.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { turnExamples } from '../language/turn-examples.ts'

/** A part of a message that could be said by itself. */
export interface MessagePart {
  text: string
  /** Where it begins and ends in the message. */
  start: number
  end: number
  /** Its sentence ends in a question mark. */
  isAsked: boolean
}

/**
 * The parts of a message that a shopper could have said one by one: its sentences, and within one what begins behind "and" or a comma as messages
 * begin ("do you deliver to Wales | and do you have it in red?"). What begins otherwise goes on with the part before.
 */
export function messageParts(message: string, language: Language): MessagePart[] {
  const joins = foldedOf(['and'], language)
  const openers = openersOf(language)
  return Array.from(message.matchAll(/(?:[^.!?;\n]|\.(?=\S))+[.!?;\n]*/gu)).flatMap(
    ({ 0: sentence, index }) => {
      const lexemes = lexemesOf(sentence, language.code)
      const starts = lexemes.flatMap(({ word, start, breakBefore }, at) => {
        const isJoined = joins.has(word)
        const next = isJoined ? lexemes[at + 1] : lexemes[at]
        const begins = at === 0 || ((isJoined || breakBefore) && next !== undefined && openers.has(next.word))
        return begins ? [{ at: start, from: (next ?? lexemes[at])?.start ?? start }] : []
      })
      return starts.flatMap(({ from }, place) => {
        const text = sentence.slice(from, starts[place + 1]?.at).replace(/[\s,.!?;]+$/u, '')
        const start = index + from
        return text === ''
          ? []
          : [{ text, start, end: start + text.length, isAsked: /\?\s*$/u.test(sentence) }]
      })
    },
  )
}

const known = new WeakMap<Language, ReadonlySet<string>>()

/** Kinds of turns whose examples may begin with a name of goods. */
const ofGoods: ReadonlySet<string> = new Set(['find', 'about'])
/** A word that begins examples of so many kinds begins messages of any. */
const leastKinds = 2

/** The words that examples of turns begin with, but for articles and what leads a noun. */
function openersOf(language: Language): ReadonlySet<string> {
  const found = known.get(language)
  if (found) return found
  const leads = foldedOf(
    ['the', 'article', 'some', 'own', 'for', 'with', 'without', 'in', 'from', 'made-of', 'to'],
    language,
  )
  const kinds = new Map<string, Set<string>>()
  for (const { kind, text } of turnExamples(language)) {
    const [first] = lexemesOf(text, language.code)
    if (first?.kind === 'word' && !leads.has(first.word))
      kinds.set(first.word, (kinds.get(first.word) ?? new Set()).add(kind))
  }
  const openers = new Set(
    [...kinds].flatMap(([word, of]) =>
      of.size >= leastKinds || ![...of].some((kind) => ofGoods.has(kind)) ? word : [],
    ),
  )
  known.set(language, openers)
  return openers
}

const foldedOf = (roles: readonly GrammarRole[], { code }: Language): ReadonlySet<string> =>
  new Set(roles.flatMap((role) => grammarOf(code)[role]).map((phrase) => fold(phrase)))

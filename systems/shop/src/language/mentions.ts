import { fold } from './fold.ts'
import { grammarOf } from './grammar.ts'
import { lexemesOf } from './lexemes.ts'
import type { Lexeme } from './lexemes.ts'
import type { Lexicon } from './lexicon.ts'

/** How many words a denial reaches: "free of any real leather". */
const reach = 3

/**
 * Whether a text names something (all words of it side by side, in whatever forms) otherwise than to deny it: "solid oak" names oak;
 * "oak-free", "no oak" and "free of oak" do not.
 */
export function names(text: string, what: string, lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  const wanted = stemsOf(what, lexicon)
  const [first] = wanted
  if (first === undefined) return false
  const lexemes = lexemesOf(text, code)
  const stems = lexemes.map(({ kind, word }) => (kind === 'word' ? lexicon.meaning(word) : word))
  return stems.some(
    (stem, at) =>
      stem === first &&
      wanted.every((each, index) => stems[at + index] === each) &&
      !isDenied(lexemes, at, at + wanted.length, lexicon),
  )
}

const stemsOf = (text: string, lexicon: Lexicon): string[] =>
  lexemesOf(text, lexicon.language.code)
    .filter(({ kind }) => kind !== 'sign')
    .map(({ kind, word }) => (kind === 'word' ? lexicon.meaning(word) : word))

function isDenied(lexemes: readonly Lexeme[], from: number, to: number, lexicon: Lexicon): boolean {
  const { without, free } = grammarOf(lexicon.language.code)
  const next = lexemes[to]
  if (next && !next.breakBefore && free.some((word) => fold(word) === next.word)) return true
  const openers = without.map((phrase) => fold(phrase).split(' '))
  for (let at = from - 1; at >= Math.max(0, from - reach); at--) {
    if (lexemes[at + 1]?.breakBefore === true) return false
    if (openers.some((words) => words.every((word, index) => lexemes[at + index]?.word === word))) return true
  }
  return false
}

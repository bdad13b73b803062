import { expandContractions } from './contractions.ts'
import type { Language } from './language.ts'

/** What a shopper may say, as `data/<code>/turns.txt` gives it. */
export interface TurnExample {
  kind: string
  /** `…` stands for any words. */
  text: string
  kept: readonly KeptMark[]
}

/** A stretch of an example that names what somebody has to be kept from. */
interface KeptMark {
  start: number
  end: number
  /** What it stands for, where it names a condition: gluten for `celiac`. */
  meant: string | null
}

const known = new WeakMap<Language, readonly TurnExample[]>()
const knownForKinds = new WeakMap<Language, readonly TurnExample[]>()

/**
 * The examples of a language. `(a|b)` in a line stands for either: a line gives as many examples as its longest choice has sides,
 * and each side of a shorter one returns in turn. `{latex}` marks what somebody has to be kept from, `{celiac>gluten}` a
 * condition by which they are kept from something.
 */
export function turnExamples(language: Language): readonly TurnExample[] {
  const found = known.get(language)
  if (found) return found
  const examples = examplesOf(language.turnLines, language)
  known.set(language, examples)
  return examples
}

/** The examples that kinds of turns are learned from: those of `turns.txt`, and those of `sayings.txt` in the same form. */
export function kindExamples(language: Language): readonly TurnExample[] {
  const found = knownForKinds.get(language)
  if (found) return found
  const examples = [...turnExamples(language), ...examplesOf(language.sayingLines, language)]
  knownForKinds.set(language, examples)
  return examples
}

function examplesOf(lines: readonly string[], language: Language): TurnExample[] {
  const examples: TurnExample[] = []
  let kind = ''
  for (const line of lines)
    if (line.startsWith('@')) kind = line.slice(1).trim()
    else
      for (const text of sidesOf(expandContractions(line, language.code)))
        examples.push({ kind, ...unmarked(text) })
  return examples
}

function sidesOf(line: string): string[] {
  const choice = /\(([^()]*\|[^()]*)\)/g
  const choices = Array.from(line.matchAll(choice), (match) => (match[1] ?? '').split('|'))
  const count = Math.max(1, ...choices.map((sides) => sides.length))
  return Array.from({ length: count }, (_, at) => {
    let index = 0
    return line
      .replace(choice, () => {
        const sides = choices[index] ?? []
        // Each choice is a step ahead of the one before, so that not the same sides meet every time.
        return sides[(at + index++) % sides.length] ?? ''
      })
      .replaceAll(/\s+/g, ' ')
      .trim()
  })
}

function unmarked(marked: string): { text: string; kept: KeptMark[] } {
  const kept: KeptMark[] = []
  let text = ''
  for (const part of marked.split(/(\{[^{}]*\})/)) {
    if (!part.startsWith('{')) {
      text += part
      continue
    }
    const [said = '', meant = null] = part.slice(1, -1).split('>')
    kept.push({ start: text.length, end: text.length + said.length, meant })
    text += said
  }
  return { text, kept }
}

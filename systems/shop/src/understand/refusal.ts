import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Language } from '../language/language.ts'
import { clausesOf } from './clauses.ts'

/**
 * A message without the clause that only says that somebody does not like what is in sight: "I don't like them, do you have awnings?" asks for
 * awnings. The message as it is, where no clause says only that, or nothing else is said.
 */
export function withoutRefusal(message: string, language: Language): string {
  const clauses = clausesOf(message)
  const refused = clauses.filter(({ text }) => onlyRefuses(text, language))
  if (refused.length === 0 || refused.length === clauses.length) return message
  return refused
    .reduceRight((rest, { start, text }) => rest.slice(0, start) + rest.slice(start + text.length), message)
    .replace(/^[\s,;.!–—-]+/u, '')
}

/** "Ich mag nicht mehr" may say more than that, and is read whole. */
const anyMore: ReadonlySet<string> = new Set('more anymore longer mehr meer mer plus mas piu mais'.split(' '))

/** "Die gefallen mir nicht": a verb of liking, turned round, and nothing else but little words. */
export function onlyRefuses(clause: string, language: Language): boolean {
  const { likes, without, not } = grammarOf(language.code)
  const single = (phrases: readonly string[]) =>
    new Set(phrases.map((phrase) => fold(phrase)).filter((phrase) => !phrase.includes(' ')))
  const [liking, turning] = [single(likes), single([...without, ...not])]
  const said = lexemesOf(clause, language.code).map(({ word }) => word)
  return (
    said.some((word) => liking.has(word)) &&
    !said.some((word) => anyMore.has(word)) &&
    (said.some((word) => turning.has(word)) || /\bdon['’]?t\b/i.test(clause)) &&
    said.every(
      (word) =>
        liking.has(word) ||
        turning.has(word) ||
        language.isFunctionWord(word) ||
        language.isRequestWord(word) ||
        /^(?:don|dont|t)$/.test(word),
    )
  )
}

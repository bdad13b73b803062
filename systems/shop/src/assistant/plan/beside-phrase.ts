import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { Lexicon } from '../../language/lexicon.ts'

/** What a message says beside a stretch of it: "how heavy is it?" of "and the copper one, how heavy is it?". */
export function besidePhrase(message: string, start: number, end: number, { language }: Lexicon): string {
  const before = message.slice(0, start).trim()
  const onlyAnd = new RegExp(`^${anyOf(grammarOf(language.code).and)}$`, 'iu')
  const after = message.slice(end).replace(/^[\s,;:.–-]+/u, '')
  return `${onlyAnd.test(before) ? '' : before} ${after}`.trim()
}

import { isAskingWord } from '../../language/asking.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { askedWords } from '../asked.ts'
import { isFormOf, isSame, saidIn } from '../lines/said.ts'
import { talkWords } from '../../understand/turn-kind.ts'
import { contentStems, words } from '../words.ts'
import { excerpt } from './writer.ts'

const talkStems = (lexicon: Lexicon): string[] =>
  contentStems([...talkWords(lexicon.language)].join(' '), lexicon)

/** So much of what stands before the first word that is asked for is quoted with it. */
const lead = 40

/**
 * A quote for running text of at most `limit` characters: of a longer one the part that says most of what is asked, in its own words, with `…`
 * where something was left out.
 */
export function excerptAbout(text: string, about: string, limit: number, lexicon: Lexicon): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= limit) return line
  const said = saidIn(about, lexicon).filter(({ word }) => !isAskingWord(word, lexicon.language.code))
  // "Contain" of "does it contain alcohol?" points at no place.
  const ofPhrases = new Set([...askedWords(about, lexicon), ...talkStems(lexicon)])
  const telling = said.filter(({ meaning }) => !ofPhrases.has(meaning))
  const asked = telling.length > 0 ? telling : said
  const places = words(line)
  const held = saidIn(line, lexicon).flatMap((own) => {
    const which = asked.findIndex((each) => isSame(each, own) || isFormOf(each, own))
    const place = places[own.at]
    return which === -1 || place === undefined ? [] : [{ which, start: place.start, end: place.end }]
  })
  const spans = held.map((first) => {
    const within = held.filter(({ start, end }) => start >= first.start && end <= first.start + limit - lead)
    return { from: first.start, says: new Set(within.map(({ which }) => which)).size, last: first.which }
  })
  // What is asked after stands last: the alcohol of "does it contain alcohol?".
  const best = spans.reduce<(typeof spans)[number] | null>(
    (most, one) =>
      most === null || one.says > most.says || (one.says === most.says && one.last > most.last) ? one : most,
    null,
  )
  if (best === null || best.from + lead <= limit) return excerpt(line, limit)
  const from = Math.max(0, best.from - lead)
  const begin = line.slice(from).search(/(?<=\s)\S/u) + from
  const rest = line.slice(Math.min(begin, best.from))
  return `…${excerpt(rest, limit)}`
}

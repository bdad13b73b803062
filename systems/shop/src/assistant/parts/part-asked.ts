import {
  addressesStore,
  asksOfIt,
  asksWhat,
  asksWhich,
  isAskingWord,
  opensWith,
} from '../../language/asking.ts'
import type { GrammarRole } from '../../language/grammar.ts'
import type { LanguageCode } from '../../language/languages.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexeme } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { clausesOf } from '../../understand/clauses.ts'
import { askedIn } from '../asked.ts'
import { saysSpare } from '../kind.ts'
import type { PartAsked } from './part-types.ts'

interface Cue {
  at: number
  length: number
  named: string | null
  isForThing: boolean
}

/**
 * The parts or companions that a message may ask for: by what it says that they are to fit or go with ("a lid for it", "cases that fit the 12 cup
 * tray", "eine Hose dazu"), that one more is wanted ("a second bowl", "Ersatzklingen"), or singly. Empty where it asks something of a thing.
 */
export function partsAsked(message: string, lexicon: Lexicon): PartAsked[] {
  const { code } = lexicon.language
  const clauses = clausesOf(message)
  return clauses.flatMap(({ text, start }, index) => {
    if (!isApart(text, code) && (asksOfThing(text, code) || asksWhatComesWith(text, lexicon))) return []
    const lexemes = lexemesOf(text, code)
    const earlier = clauses.slice(0, index).toReversed()
    return cuesIn(text, lexemes, lexicon).flatMap((cue) => {
      const namedFrom = cue.named === null ? text.length : text.lastIndexOf(cue.named)
      const isNaming = (lexeme: Lexeme, at: number) =>
        (at < cue.at || at >= cue.at + cue.length) && lexeme.start < namedFrom && isContent(lexeme, lexicon)
      const said = lexemes.filter(isNaming)
      const behind = (one: Lexeme) => one.start > (lexemes[cue.at]?.start ?? 0)
      // What it is for stands behind the part or before it ("gibt es dafür einen Akku"); "a spare …" stands before.
      const before = said.filter((one) => !behind(one)).toReversed()
      const after = said.filter(behind)
      const spoken = cue.isForThing ? [...before, ...after] : [...after, ...before]
      const told = earlier.flatMap((clause) =>
        lexemesOf(clause.text, code)
          .filter((one) => isContent(one, lexicon))
          .toReversed(),
      )
      // "The jug broke. Is it sold singly?"
      const names = [...new Set((spoken.length > 0 ? spoken : told).map(({ word }) => word))]
      return names.length === 0
        ? []
        : { names, named: cue.named, before: message.slice(0, start).trim(), isForThing: cue.isForThing }
    })
  })
}

/** Whether a clause asks something of a thing ("how long is its cord?", "does the spare lid fit?"), and not for one. */
function asksOfThing(text: string, code: LanguageCode): boolean {
  const words = lexemesOf(text, code).map(({ word }) => word)
  const from = opensWith(words, [['and', 'opener']], code)
  if (opensWith(words.slice(from), [['exists']], code) > 0) return false
  const verb = opensWith(words.slice(from), [['asks-of-it']], code)
  // "Can I get", "kann man … nachkaufen".
  const isOfSpeaker = opensWith(words.slice(from + verb), [['speaker']], code) > 0
  return (
    (asksOfIt(text, code) && !isOfSpeaker) ||
    (asksWhat(text, code) && !asksWhich(text, code) && !addressesStore(text, code))
  )
}

/** "Is it sold separately?" asks for it. */
function isApart(text: string, code: LanguageCode): boolean {
  const words = lexemesOf(text, code).map(({ word }) => word)
  return words.some((_, at) => opensWith(words.slice(at), [['apart']], code) > 0)
}

/** "Is a spare lid in the box?" */
const asksWhatComesWith = (text: string, lexicon: Lexicon): boolean =>
  askedIn(text, lexicon).some((name) => name === 'package' || name === 'included')

/** Where a clause says that something is to go with a thing, or that one more is wanted. */
function cuesIn(text: string, lexemes: readonly Lexeme[], lexicon: Lexicon): Cue[] {
  const { code } = lexicon.language
  const words = lexemes.map(({ word }) => word)
  const taken = (at: number, ...roles: GrammarRole[]) => opensWith(words.slice(at), [roles], code)
  const cues: Cue[] = []
  for (let at = 0; at < words.length; at++) {
    const pointed = taken(at, 'for-it')
    const led = Math.max(taken(at, 'for'), taken(at, 'fits'))
    if (pointed === 0 && led === 0) {
      const again = taken(at, 'again', 'apart')
      // "Ersatzschlauch" is itself what is asked for.
      if (again > 0 || saysSpare(words[at] ?? '', lexicon))
        cues.push({ at, length: again, named: null, isForThing: false })
      continue
    }
    const end = at + Math.max(pointed, led)
    const behind = lexemes.slice(end).filter((one) => isContent(one, lexicon))
    const known = taken(end, 'the', 'own', 'this', 'it')
    // "For the 12 cup tray", "passt auf meine Max"; "a bag for books" is for no thing that is known.
    const named = led > 0 && behind.length > 0 && known > 0 ? text.slice(lexemes[end]?.start) : null
    if (named !== null) cues.push({ at, length: led, named, isForThing: true })
    else if (pointed > 0 || (led > 0 && (known > 0 || end === words.length)))
      cues.push({ at, length: Math.max(pointed, led + known), named: null, isForThing: true })
    at = end - 1
  }
  return cues
}

/** Whether a word may name goods. */
const isContent = ({ kind, word }: Lexeme, lexicon: Lexicon): boolean =>
  kind === 'word' &&
  word.length > 2 &&
  !lexicon.isFunctionWord(word) &&
  !lexicon.language.isRequestWord(word) &&
  !isAskingWord(word, lexicon.language.code)

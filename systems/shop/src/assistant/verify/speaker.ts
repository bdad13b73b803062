import { isFunctionWord } from '../words.ts'
import type { ReadSentence } from './read-sentence.ts'
import { deeds, speakerVerbs } from './vocabulary.ts'

/** The store's own text speaks. */
export const listingVoice =
  /\b(?:(?:listing|description|page|maker|brand|manufacturer|seller)(?:[’']s)?\b.{0,30}?\b(?:says?|states?|mentions?|lists?|describes?|notes?|claims?|calls?)|according to (?:the|its) (?:listing|description|brand|page))\b/i

/** Other shoppers speak. */
export const reviewVoice =
  /\b(?:(?:reviewers?|reviews?|buyers?|customers?|shoppers?|people|owners?|users?|parents?)\b.{0,40}?\b(?:says?|said|mention(?:s|ed)?|prais(?:e|es|ed)|report(?:s|ed)?|loves?|loved|likes?|liked|finds?|found|notes?|noted|describes?|described|complain(?:s|ed)?|agrees?|agreed|thinks?|thought|tells?|told|states?|stated|feels?|felt|appreciates?|recommends?|highlights?|call|calls|called)|according to (?:the |its |one |some )?(?:reviewers?|reviews?|buyers?|customers?|shoppers?|owners?|users?))\b/i

/** The one who reads the answer is spoken to, not of. */
const reader = /\b(?:the|this|our) (?:shopper|customer|user|person)\b/i
/** Nobody that was named. */
const someone =
  /\b(?:they|he|she)(?:[’']ve)? (?:also )?(?:says?|said|mention(?:s|ed)?|think|thought|tell|told|found|find|claim(?:s|ed)?|state[sd]?|note[sd]?|recommend(?:s|ed)?)\b/i
const own = /\b(?:me|my|mine|myself|us|our|ours|ourselves)\b/i
const ownPhrases =
  /\blet me know\b|\b(?:my|our) (?:pick|choice|recommendation|suggestion|store|shop|selection|range|catalog)\b/gi

/** Things that the assistant did, a first person who is not the assistant, the reader in the third person. */
export function checkSpeaker(sentence: ReadSentence): string | null {
  const { tokens, text } = sentence
  if (reader.test(text)) return 'addressee'
  if (someone.test(text)) return 'speaker'
  if (own.test(text.replaceAll(ownPhrases, ' '))) return 'speaker'
  for (const [i, token] of tokens.entries()) {
    if (deeds.has(token.text) && !token.isName) return 'deed'
    if (!/^(?:i|we|i'm|i've|i'd|i'll|we've|we'll|we're)$/.test(token.text)) continue
    const verb = tokens.slice(i + 1).find((word) => !isFunctionWord(word.text) || speakerVerbs.has(word.stem))
    if (verb && !speakerVerbs.has(verb.stem)) return 'speaker'
  }
  return null
}

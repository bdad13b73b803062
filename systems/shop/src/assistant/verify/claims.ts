import { isFunctionWord } from '../words.ts'
import { checkCounts } from './counts.ts'
import type { FactBase, ProductBase, Unit } from './fact-base.ts'
import type { ReadSentence, Token } from './read-sentence.ts'
import { differenceWords, relationPattern, relationWords } from './relations.ts'
import { listingVoice, reviewVoice } from './speaker.ts'
import { attribution, choiceNouns, flattery, glue, negators } from './vocabulary.ts'

const clauseBreak = /[;:()–—]|,(?!\d)|\b(?:but|while|whereas|although|though|however|which|because|and)\b/iu

/** Whether what each clause claims stands in a row or in one source. */
export function checkClauses(sentence: ReadSentence, base: FactBase): string | null {
  let start = 0
  let voice: Voice = null
  for (const part of sentence.text.split(clauseBreak)) {
    const at = sentence.text.indexOf(part, start)
    start = at + part.length
    const tokens = sentence.tokens.filter((token) => token.start >= at && token.end <= at + part.length)
    // "Reviewers say that it is light and quiet" goes on speaking for them; a new name starts anew.
    voice = listingVoice.test(part)
      ? 'listing'
      : reviewVoice.test(part)
        ? 'reviews'
        : tokens.some((token) => token.isName)
          ? null
          : voice
    const failure = checkClause(part, tokens, sentence, base, voice)
    if (failure) return failure
  }
  return null
}

/** Whom a clause says it from; null is the assistant itself. */
type Voice = 'listing' | 'reviews' | null

/** Talk without a product, a number, a claim or an offer. */
export function saysNothing(sentence: ReadSentence): boolean {
  if (sentence.text.trim().endsWith('?') || unknownPattern.test(sentence.text)) return false
  if (sentence.mentioned.length || sentence.amounts.length || sentence.percents.length) return false
  return sentence.tokens.every(
    (token) =>
      token.number === null &&
      (isFunctionWord(token.text) ||
        negators.has(token.text) ||
        (glue.has(token.stem) && !/^(?:stock|available)$/.test(token.text))),
  )
}

/** "The listing does not say whether …": holds when no source says it. */
export const unknownPattern =
  /\b(?:(?:does|do|did)(?:n't| not) (?:say|state|mention|specify|tell|list)|not (?:stated|mentioned|listed|specified)|(?:do not|don't|cannot|can't) (?:know|say|tell)|no (?:information|mention))\b/i

function checkClause(
  text: string,
  tokens: readonly Token[],
  sentence: ReadSentence,
  base: FactBase,
  voice: Voice,
): string | null {
  const claims = tokens.filter(
    (token) => !token.isName && !isFunctionWord(token.text) && !negators.has(token.text),
  )
  const echoes =
    /\byou(?:'re| are|r)?\b.*\b(?:asked|want(?:ed)?|look(?:ing)?|need(?:ed)?|search(?:ed|ing)?|request(?:ed)?|after)\b/i.test(
      text,
    )
  const recommends = tokens.some((token) => choiceNouns.has(token.stem))
  const subjects = [...new Set(tokens.flatMap((token) => token.subjects))]
  for (const subject of subjects) {
    const own = claims.filter((token) => token.subjects.includes(subject))
    const counted = checkCounts(tokens, sentence.tokens, subject)
    if (counted && 'reason' in counted) return counted.reason
    const open: Token[] = []
    const stated: Token[] = []
    let usesRow = false
    for (const token of own) {
      if (counted?.used.has(token)) continue
      if (token.number !== null) {
        if (isRating(token, subject, sentence) || isCardCount(token, base, sentence)) continue
        if (subject.row.has(token.text)) {
          usesRow = true
          stated.push(token)
        } else open.push(token)
        continue
      }
      if (echoes && base.messageStems.has(token.stem)) continue
      if (flattery.has(token.stem) && recommends) continue
      if (
        (sentence.amounts.length > 0 && differenceWords.test(token.text)) ||
        (relationWords.test(token.text) && relationPattern.test(sentence.text))
      )
        continue
      if (/^(?:stock|reduced|discount|discounted|sale|off|deal|sold|unavailable)$/.test(token.text)) continue
      if (glue.has(token.stem) && !subject.fieldNames.has(token.stem)) continue
      // What a row states, reviewers have not said.
      if ((subject.row.has(token.stem) || subject.fieldNames.has(token.stem)) && voice !== 'reviews') {
        usesRow = true
        stated.push(token)
      } else open.push(token)
    }
    const negated = tokens.some((token) => !token.isName && negators.has(token.text))
    if (negated && unknownPattern.test(sentence.text)) {
      // Only what was asked may be called unknown, and only when nothing tells it.
      const asked = [...open, ...stated]
      const found = subject.units.some(
        (unit) => open.length > 0 && open.every((token) => unit.stems.has(token.stem)),
      )
      if (found || /^\s*if\b/i.test(text) || !asked.length) return 'unknown'
      if (!asked.every((token) => base.messageStems.has(token.stem))) return 'unknown'
      if (!open.length && !sentence.mentioned.length) return 'unknown'
      continue
    }
    if (mixesFields(stated, subject)) return 'field'
    if (!open.length) {
      if (
        negated &&
        (usesRow || recommends || tokens.some((token) => token.isName && token.subjects.includes(subject)))
      )
        return 'negation'
      continue
    }
    if (!subject.units.some((unit) => supports(unit, open, negated, voice, sentence, base)))
      return `claim: ${open.map((token) => token.text).join(' ')}`
  }
  // Nothing in sight to speak of: only talk may pass.
  if (!subjects.length && claims.some((token) => !glue.has(token.stem))) return 'subject'
  return null
}

/** "The brand is steel": a field's name with the value of another. Together they must stand in one field or sentence. */
function mixesFields(stated: readonly Token[], subject: ProductBase): boolean {
  if (stated.length < 2 || !stated.some((token) => subject.fieldNames.has(token.stem))) return false
  return !subject.units
    .concat(subject.fields)
    .some((unit) => stated.every((token) => unit.stems.has(token.stem) || unit.stems.has(token.text)))
}

/** One source that holds all open words of the clause, says them the same way round, and is owned up to. */
function supports(
  unit: Unit,
  open: readonly Token[],
  negated: boolean,
  voice: Voice,
  sentence: ReadSentence,
  base: FactBase,
): boolean {
  const needed = open.map((token) => (token.number === null ? token.stem : token.text))
  if (!needed.every((word) => unit.stems.has(word))) return false
  const closest = unit.clauses
    .map((clause) => ({ clause, hits: needed.filter((word) => clause.stems.has(word)).length }))
    .toSorted((a, b) => b.hits - a.hits)[0]
  if (closest && closest.clause.isNegated !== negated) return false
  const { kind, source } = unit.evidence
  const isOfShoppers = kind === 'review' || kind === 'answer'
  if (voice !== null && isOfShoppers !== (voice === 'reviews')) return false
  if (!isOfShoppers) return true
  if (sentence.tokens.some((token) => attribution.has(token.stem))) return true
  return sentence.cites.some(
    (number) => JSON.stringify(base.citations[number - 1]?.source) === JSON.stringify(source),
  )
}

function isRating(token: Token, subject: ProductBase, sentence: ReadSentence): boolean {
  const after = sentence.text.slice(token.end, token.end + 14)
  const before = sentence.text.slice(Math.max(0, token.start - 14), token.start)
  // The 5 of "4.4 out of 5" and "4.4/5".
  if (token.number === 5 && /(?:out of|\/)\s*$/i.test(before)) return true
  const average = subject.product.rating?.average
  const count = subject.product.rating?.count
  if (/^[\s-]*reviews?\b/i.test(after)) return token.number === count || token.number === subject.digest?.read
  return (
    average !== undefined &&
    token.number !== null &&
    /\./.test(token.text) &&
    token.number === Math.round(average * 10) / 10
  )
}

function isCardCount(token: Token, base: FactBase, sentence: ReadSentence): boolean {
  if (/^[\s-]*(?:\w+\s+)?reviews?\b/i.test(sentence.text.slice(token.end, token.end + 20))) return false
  const counted = /^\s*(?:\w+\s+)?(?:products?|options|results|matches|items|of them|choices)\b/i.test(
    sentence.text.slice(token.end, token.end + 30),
  )
  return (
    counted &&
    (token.number === base.shown.length ||
      token.number === base.total ||
      token.number === sentence.mentioned.length)
  )
}

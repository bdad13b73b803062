import { minorDigits } from '../../money.ts'
import { functionWords, stem, words } from '../words.ts'
import { checkCounts } from './counts.ts'
import { isNegated } from './fact-base.ts'
import type { FactBase, ProductBase, Unit } from './fact-base.ts'
import { readSentence } from './read-sentence.ts'
import type { ReadSentence, Token } from './read-sentence.ts'
import { attribution, choiceNouns, deeds, flattery, glue, negators, speakerVerbs } from './vocabulary.ts'

export type Verdict = { ok: true; subjects: ProductBase[] } | { ok: false; reason: string }

const clauseBreak = /[;:()–—]|,(?!\d)|\b(?:but|while|whereas|although|though|however|which|because|and)\b/iu

/**
 * Whether every claim of a sentence follows from the facts: each name is a product of this turn, each amount, rating
 * and count is that product's, and each remaining word stands in its row or, together with the clause's other words, in
 * one source about it with the same polarity. What is not recognised does not pass.
 */
export function checkSentence(text: string, base: FactBase, carried: readonly ProductBase[]): Verdict {
  if (/https?:|www\.|[<>{}|`]|!\[|\]\(|@\w/i.test(text)) return { ok: false, reason: 'markup' }
  if (text.length > 600) return { ok: false, reason: 'length' }
  const unquoted = withoutQuotes(text, base)
  if (unquoted === null) return { ok: false, reason: 'quote' }
  const sentence = readSentence(unquoted, base, carried)
  const subjects = sentence.mentioned.length
    ? sentence.mentioned
    : carried.length
      ? [...carried]
      : base.focus
        ? [base.focus]
        : []
  const failure =
    checkSpeaker(sentence) ??
    checkCitations(sentence, base) ??
    checkAmounts(sentence, base) ??
    checkPercents(sentence) ??
    checkRelations(sentence, base) ??
    checkPromises(sentence, base) ??
    checkClauses(sentence, base)
  return failure === null ? { ok: true, subjects } : { ok: false, reason: failure }
}

/**
 * The sentence without its quotes, each of which must stand word for word in a source of this turn; null when one does
 * not, or holds an amount or an address, which nobody may put into the assistant's mouth. A quote needs attribution.
 */
function withoutQuotes(text: string, base: FactBase): string | null {
  let rest = text
  for (const match of text.matchAll(/[“"]([^“”"]{8,})[”"]/g)) {
    const quote = (match[1] ?? '').toLowerCase().replace(/[.…!?]+$/, '')
    const isHeld = base.products.some((product) =>
      product.units.some((unit) => unit.evidence.text.toLowerCase().includes(quote)),
    )
    if (!isHeld || /[$€£%]|https?:|www\./.test(quote)) return null
    rest = rest.replace(match[0], ' '.repeat(match[0].length))
  }
  const isAttributed = words(rest).some(
    (word) => attribution.has(stem(word.text)) || /^(?:listing|states?|says?)$/.test(word.text),
  )
  return rest === text || isAttributed ? rest : null
}

function checkSpeaker(sentence: ReadSentence): string | null {
  const { tokens } = sentence
  for (const [i, token] of tokens.entries()) {
    if (deeds.has(token.text) && !token.isName) return 'deed'
    if (!/^(?:i|we|i'm|i've|i'd|i'll|we've|we'll|we're|our|us|my)$/.test(token.text)) continue
    const verb = tokens
      .slice(i + 1)
      .find((word) => !functionWords.has(word.text) || speakerVerbs.has(word.stem))
    if (verb && !speakerVerbs.has(verb.stem)) return 'speaker'
  }
  return null
}

function checkCitations(sentence: ReadSentence, base: FactBase): string | null {
  return sentence.cites.every((number) => base.citations[number - 1] !== undefined) ? null : 'citation'
}

function checkAmounts(sentence: ReadSentence, base: FactBase): string | null {
  for (const amount of sentence.amounts) {
    if (!Number.isFinite(amount.minor) || !amount.subjects.length) return 'price'
    const before = sentence.text.slice(Math.max(0, amount.start - 28), amount.start).toLowerCase()
    const after = sentence.text.slice(amount.end, amount.end + 24).toLowerCase()
    if (
      /\b(?:under|below|within|up to|over|above|limit of|budget of|your)\s*(?:your\s*)?$/.test(before) ||
      /^\s*(?:budget|limit)/.test(after)
    ) {
      if (!isBudget(amount.minor, amount.subjects, base)) return 'budget'
      continue
    }
    const isDifference =
      /^\s*(?:less|more|cheaper|pricier|off|below|above|lower|higher|saved?|reduction|discount)\b/.test(
        after,
      ) || /\b(?:save|saves|saving|by|cheaper by|difference of)\s*$/.test(before)
    const isBefore = /\b(?:was|from|before|originally|instead of|down from|list price(?: of)?)\s*$/.test(
      before,
    )
    const holds = amount.subjects.every((subject) =>
      isDifference
        ? differences(subject, sentence, base, after + before).has(amount.minor)
        : isBefore && subject.compareAt !== null
          ? amount.minor === subject.compareAt
          : subject.prices.has(amount.minor),
    )
    if (!holds) return 'price'
  }
  return null
}

/** A bound that the shopper stated, which the products keep. */
function isBudget(minor: number, subjects: readonly ProductBase[], base: FactBase): boolean {
  return base.constraints.some((constraint) => {
    if (constraint.kind !== 'price') return false
    const scale = 10 ** minorDigits(base.currency)
    const isMax = constraint.max !== null && Math.round(constraint.max * scale) === minor
    const isMin = constraint.min !== null && Math.round(constraint.min * scale) === minor
    return (
      (isMax && subjects.every((subject) => subject.shownPrice <= minor)) ||
      (isMin && subjects.every((subject) => subject.shownPrice >= minor))
    )
  })
}

/** By how much a product is cheaper (or dearer, as the words say) than another one here, or than before. */
function differences(
  subject: ProductBase,
  sentence: ReadSentence,
  base: FactBase,
  around: string,
): Set<number> {
  const others = sentence.mentioned.length > 1 ? sentence.mentioned : base.shown
  const saves = /less|cheaper|off|below|lower|save|reduction|discount/.test(around)
  const gaps = others
    .filter((other) => other !== subject)
    .map((other) => other.shownPrice - subject.shownPrice)
    .filter((gap) => (saves ? gap > 0 : gap < 0))
    .map(Math.abs)
  const reduction = subject.compareAt === null ? [] : [subject.compareAt - subject.shownPrice]
  return new Set([...gaps, ...reduction])
}

function checkPercents(sentence: ReadSentence): string | null {
  for (const percent of sentence.percents) {
    const holds = percent.subjects.every((subject) => {
      if (
        subject.units.some(
          (unit) => unit.evidence.kind === 'listing' && unit.evidence.text.includes(`${percent.value}%`),
        )
      )
        return true
      if (
        Object.values(subject.product.attributes)
          .flat()
          .some((value) => value.includes(`${percent.value}%`))
      )
        return true
      if (subject.compareAt === null) return false
      const exact = (1 - subject.shownPrice / subject.compareAt) * 100
      return percent.value === Math.floor(exact) || percent.value === Math.round(exact)
    })
    if (!holds || !percent.subjects.length) return 'percent'
  }
  return null
}

const relations: { pattern: RegExp; holds: (a: ProductBase, b: ProductBase) => boolean }[] = [
  {
    pattern:
      /\b(?:cheaper|less expensive|costs? less|lower[- ]priced|more affordable|lower price|(?:less|cheaper) at)\b/i,
    holds: (a, b) => a.shownPrice < b.shownPrice,
  },
  {
    pattern: /\b(?:pricier|dearer|more expensive|costs? more|higher[- ]priced|higher price)\b/i,
    holds: (a, b) => a.shownPrice > b.shownPrice,
  },
  {
    pattern: /\b(?:rated higher|higher[- ]rated|better[- ]rated|higher rating|better rating)\b/i,
    holds: (a, b) => rating(a) > rating(b),
  },
  {
    pattern: /\b(?:rated lower|lower[- ]rated|worse[- ]rated|lower rating)\b/i,
    holds: (a, b) => rating(a) < rating(b),
  },
  {
    pattern: /\bmore reviews\b/i,
    holds: (a, b) => (a.product.rating?.count ?? 0) > (b.product.rating?.count ?? 0),
  },
]
const extremes: { pattern: RegExp; holds: (a: ProductBase, b: ProductBase) => boolean }[] = [
  {
    pattern: /\b(?:cheapest|lowest[- ]priced?|least expensive|most affordable|lowest price)\b/i,
    holds: (a, b) => a.shownPrice <= b.shownPrice,
  },
  {
    pattern: /\b(?:most expensive|priciest|highest price[d]?)\b/i,
    holds: (a, b) => a.shownPrice >= b.shownPrice,
  },
  {
    pattern: /\b(?:highest[- ]rated|best[- ]rated|top[- ]rated|rated highest|highest rating|best rating)\b/i,
    holds: (a, b) => rating(a) >= rating(b),
  },
  {
    pattern: /\b(?:most reviewed|most reviews)\b/i,
    holds: (a, b) => (a.product.rating?.count ?? 0) >= (b.product.rating?.count ?? 0),
  },
]
const relationWords =
  /^(?:cheap|cheaper|cheapest|expens|expensive|pricier|dearer|affordabl|affordable|lower|lowest|higher|highest|rat|rated|most|least|less|more|than|better|best|top|priciest|worse)$/

function rating(base: ProductBase): number {
  return Math.round((base.product.rating?.average ?? 0) * 10) / 10
}

/** "A is cheaper than B", "the highest rated": computed, never taken on trust. */
function checkRelations(sentence: ReadSentence, base: FactBase): string | null {
  for (const { pattern, holds } of relations) {
    const match = pattern.exec(sentence.text)
    if (!match) continue
    const subject = subjectAt(sentence, match.index)
    const others = sentence.mentioned.filter((other) => other !== subject)
    // Without a second name it is meant against the best match.
    const against = others.length ? others : base.shown.filter((other) => other !== subject).slice(0, 1)
    if (!subject || !against.length || !against.every((other) => holds(subject, other))) return 'relation'
  }
  for (const { pattern, holds } of extremes) {
    const match = pattern.exec(sentence.text)
    if (!match) continue
    const subject = subjectAt(sentence, match.index)
    if (!subject || !base.shown.includes(subject) || !base.shown.every((other) => holds(subject, other)))
      return 'relation'
  }
  if (/\bbest\b/i.test(sentence.text) && !/\bbest[- ]rat/i.test(sentence.text)) {
    const subject = subjectAt(sentence, sentence.text.search(/\bbest\b/i))
    if (subject !== base.shown[0]) return 'relation'
  }
  return null
}

function subjectAt(sentence: ReadSentence, place: number): ProductBase | null {
  const token = sentence.tokens.findLast((candidate) => candidate.start <= place) ?? sentence.tokens[0]
  return token?.subjects.length === 1 ? token.subjects[0]! : null
}

/** Stock, reductions, and "all of them meet your conditions". */
function checkPromises(sentence: ReadSentence, base: FactBase): string | null {
  const { text } = sentence
  const stock = /\b(in stock|available|out of stock|sold out|unavailable)\b/i.exec(text)
  if (stock) {
    const subjects = sentence.tokens.find((token) => token.end > stock.index)?.subjects ?? []
    const saysOut =
      /out of|sold out|unavailable/i.test(stock[1] ?? '') !==
      isNegated(text.slice(Math.max(0, stock.index - 24), stock.index))
    if (!subjects.length || !subjects.every((subject) => subject.inStock !== saysOut)) return 'stock'
  }
  if (/\b(?:sale|discount(?:ed)?|reduced|deal|reduction|off)\b/i.test(text)) {
    const subjects = sentence.mentioned.length ? sentence.mentioned : (sentence.tokens[0]?.subjects ?? [])
    const isReduced = (subject: ProductBase) =>
      (subject.compareAt ?? 0) > subject.shownPrice || subject.product.services.includes('flash-sale')
    if (!subjects.length || !subjects.every(isReduced)) return 'reduction'
  }
  const totals = /\b(\d+)\s+(?:products?|options|results|matches|items)\b/i.exec(text)
  if (totals && ![base.total, base.shown.length].includes(Number(totals[1]))) return 'count'
  if (
    base.hasRelaxed &&
    /\b(?:all|every|each|everything|meets?|fits?|match(?:es)?)\b.*\b(?:needs?|criteria|requirements?|conditions?|request|budget)\b/i.test(
      text,
    )
  )
    return 'relaxed'
  return null
}

function checkClauses(sentence: ReadSentence, base: FactBase): string | null {
  let start = 0
  for (const part of sentence.text.split(clauseBreak)) {
    const at = sentence.text.indexOf(part, start)
    start = at + part.length
    const tokens = sentence.tokens.filter((token) => token.start >= at && token.end <= at + part.length)
    const failure = checkClause(part, tokens, sentence, base)
    if (failure) return failure
  }
  return null
}

/** "The listing does not say whether …": holds when no source says it. */
const unknownPattern =
  /\b(?:(?:does|do|did)(?:n't| not) (?:say|state|mention|specify|tell|list)|not (?:stated|mentioned|listed|specified)|(?:do not|don't|cannot|can't) (?:know|say|tell)|no (?:information|mention))\b/i

function checkClause(
  text: string,
  tokens: readonly Token[],
  sentence: ReadSentence,
  base: FactBase,
): string | null {
  const claims = tokens.filter(
    (token) => !token.isName && !functionWords.has(token.text) && !negators.has(token.text),
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
    let usesRow = false
    for (const token of own) {
      if (counted?.used.has(token)) continue
      if (token.number !== null) {
        if (isRating(token, subject, sentence) || isCardCount(token, base, sentence)) continue
        if (subject.row.has(token.text)) usesRow = true
        else open.push(token)
        continue
      }
      if (echoes && base.messageStems.has(token.stem)) continue
      if (flattery.has(token.stem) && recommends) continue
      if (
        relationWords.test(token.text) &&
        (sentence.amounts.length > 0 || relationPattern.test(sentence.text))
      )
        continue
      if (/^(?:stock|reduced|discount|discounted|sale|off|deal|sold|unavailable)$/.test(token.text)) continue
      if (glue.has(token.stem)) continue
      if (subject.row.has(token.stem)) usesRow = true
      else open.push(token)
    }
    const negated = isNegated(text)
    if (negated && unknownPattern.test(sentence.text)) {
      const found = subject.units.some(
        (unit) => open.length > 0 && open.every((token) => unit.stems.has(token.stem)),
      )
      if (found || (usesRow && !open.length && !sentence.mentioned.length)) return 'unknown'
      continue
    }
    if (!open.length) {
      if (usesRow && negated) return 'negation'
      continue
    }
    if (!subject.units.some((unit) => supports(unit, open, negated, sentence, base)))
      return `claim: ${open.map((token) => token.text).join(' ')}`
  }
  // Nothing in sight to speak of: only talk may pass.
  if (!subjects.length && claims.some((token) => !glue.has(token.stem))) return 'subject'
  return null
}

const relationPattern = new RegExp(
  [...relations, ...extremes].map(({ pattern }) => pattern.source).join('|'),
  'i',
)

/** One source that holds all open words of the clause, says them the same way round, and is owned up to. */
function supports(
  unit: Unit,
  open: readonly Token[],
  negated: boolean,
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
  if (kind !== 'review' && kind !== 'answer') return true
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

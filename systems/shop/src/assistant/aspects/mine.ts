import type { Review } from '../../domain/product.ts'
import { isQuotable } from '../quotable.ts'
import { isFunctionWord, sentences, meaningOf, words } from '../words.ts'
import { compiledAspects } from './lexicon.ts'
import { negative, opinionsOf, positive } from './opinion.ts'
import type { CompiledAspect } from './lexicon.ts'

/** What the reviews of one product say about one aspect. Each review counts once. */
export interface MinedAspect {
  aspect: string
  /** Reviews that mention it; `positive + negative` may be less, since a mention need not judge. */
  mentions: number
  positive: number
  negative: number
  /** Reviews behind the counts. */
  positiveIds: string[]
  negativeIds: string[]
  /** The shortest telling sentence of each side. */
  praise: AspectQuote | null
  blame: AspectQuote | null
}

export interface AspectQuote {
  text: string
  reviewId: string
}

/** One review's verdict on one aspect: 1, -1, or 0 for a mention without a judgement or with both. */
export interface AspectVerdict {
  aspect: string
  sign: 1 | 0 | -1
  sentence: string
}

/** An aspect that the lexicon does not know needs this many reviews before it is believed. */
const discoveredFloor = 3

/**
 * Counts aspects over reviews: a lexicon of what buyers judge everywhere, and words that this product's reviews judge
 * often. Sentiment is decided in the clause of the mention, by the nearest opinion, with negation. Most mentioned first.
 */
export function mineAspects(reviews: readonly Review[]): MinedAspect[] {
  const discovered = discoverAspects(reviews)
  const mined = new Map<string, MinedAspect>()
  for (const review of reviews) {
    for (const verdict of reviewVerdicts(review, discovered)) {
      const aspect = mined.get(verdict.aspect) ?? emptyAspect(verdict.aspect)
      mined.set(verdict.aspect, aspect)
      aspect.mentions++
      if (verdict.sign === 0) continue
      const quote = { text: verdict.sentence, reviewId: review.id }
      if (verdict.sign > 0) {
        aspect.positive++
        aspect.positiveIds.push(review.id)
        aspect.praise = better(aspect.praise, quote, 1)
      } else {
        aspect.negative++
        aspect.negativeIds.push(review.id)
        aspect.blame = better(aspect.blame, quote, -1)
      }
    }
  }
  return [...mined.values()].toSorted((a, b) => b.mentions - a.mentions || (a.aspect < b.aspect ? -1 : 1))
}

/** Verdicts of one review, one for each aspect that it mentions. */
export function reviewVerdicts(review: Review, discovered: readonly CompiledAspect[] = []): AspectVerdict[] {
  const verdicts = new Map<string, AspectVerdict>()
  const text = review.title ? `${review.title.replace(/[.!?]*$/, '.')} ${review.text}` : review.text
  for (const sentence of sentences(text)) {
    const sentenceStems = new Set(words(sentence).map((word) => meaningOf(word.text)))
    const clauses = clausesOf(sentence)
    clauses.forEach((clause, index) => {
      const found = mentionsIn(clause, sentenceStems, discovered)
      for (const mention of found) {
        const own = judge(clause, mention)
        // "The grip? Superb." and "I tried the grip, it was superb": an opinion in the next clause that has no aspect of its own.
        const next = clauses[index + 1]
        const sign =
          own === 0 && next && mentionsIn(next, sentenceStems, discovered).length === 0 ? judgeAll(next) : own
        add(verdicts, { aspect: mention.aspect, sign, sentence: sentence.trim() })
      }
    })
  }
  return [...verdicts.values()]
}

function add(verdicts: Map<string, AspectVerdict>, verdict: AspectVerdict): void {
  const before = verdicts.get(verdict.aspect)
  if (!before || before.sign === 0) verdicts.set(verdict.aspect, verdict)
  // Praise and blame in one review: it is counted as a mention only.
  else if (verdict.sign !== 0 && verdict.sign !== before.sign)
    verdicts.set(verdict.aspect, { ...before, sign: 0 })
}

/** The shorter of two sentences that show the side: one that on the whole says the opposite shows nothing. */
function better(current: AspectQuote | null, candidate: AspectQuote, side: 1 | -1): AspectQuote | null {
  const clauses = clausesOf(candidate.text)
  if (
    clauses.reduce((sum, clause) => sum + opinionsOf(clause).reduce((own, { sign }) => own + sign, 0), 0) *
      side <
    0
  )
    return current
  if (candidate.text.length > 220 || !isQuotable(candidate.text)) return current
  return current && current.text.length <= candidate.text.length ? current : candidate
}

function emptyAspect(aspect: string): MinedAspect {
  return {
    aspect,
    mentions: 0,
    positive: 0,
    negative: 0,
    positiveIds: [],
    negativeIds: [],
    praise: null,
    blame: null,
  }
}

/** Clauses end at punctuation and at words that turn the sentence: "great grip but poor soles". */
function clausesOf(sentence: string): string[][] {
  return sentence
    .split(/[,;:!?()–—]|\.(?=\s|$)|\b(?:but|however|although|though|yet|while|whereas|except)\b/iu)
    .map((part) => words(part).map((word) => word.text))
    .filter((clause) => clause.length > 0)
}

interface Mention {
  aspect: string
  start: number
  end: number
  /** The mention judges by itself ("runs small"). */
  inherent: 1 | -1 | 0
  isFault: boolean
}

function mentionsIn(
  clause: readonly string[],
  sentenceStems: ReadonlySet<string>,
  discovered: readonly CompiledAspect[],
): Mention[] {
  // "Looking for another one" and "I look forward to it" say nothing of how it looks.
  const stems = clause.map((word, at) =>
    word.startsWith('look') && /^(?:for|forward|at|into|after|up|out)$/.test(clause[at + 1] ?? '')
      ? ''
      : meaningOf(word),
  )
  const taken: Mention[] = []
  for (const aspect of candidatesIn(stems, discovered)) {
    if (aspect.needs && !sentenceStems.values().some((word) => aspect.needs?.has(word))) continue
    const mention = firstMention(stems, aspect)
    // A word belongs to the first aspect that claims it: "wet grip" leaves nothing for "grip".
    if (!mention || taken.some((other) => mention.start < other.end && other.start < mention.end)) continue
    taken.push(mention)
  }
  return taken
}

/** Which aspects have a phrase that begins with a word, by place in the lexicon. */
const beginnings = new Map<string, number[]>()
compiledAspects.forEach((aspect, index) => {
  for (const first of new Set([...aspect.terms, ...aspect.praises, ...aspect.blames].map(([word]) => word))) {
    if (first !== undefined) beginnings.set(first, [...(beginnings.get(first) ?? []), index])
  }
})

/** Aspects that a clause could mention, in the lexicon's order. */
function candidatesIn(stems: readonly string[], discovered: readonly CompiledAspect[]): CompiledAspect[] {
  const found = new Set<number>()
  for (const word of stems) for (const index of beginnings.get(word) ?? []) found.add(index)
  const ordered = [...found].toSorted((a, b) => a - b)
  return [...ordered.flatMap((index) => compiledAspects[index] ?? []), ...discovered]
}

function firstMention(stems: readonly string[], aspect: CompiledAspect): Mention | null {
  const inherent = (phrases: string[][], sign: 1 | -1): Mention | null => {
    const at = findPhrase(stems, phrases)
    return at ? { aspect: aspect.name, ...at, inherent: sign, isFault: aspect.isFault } : null
  }
  const judged = inherent(aspect.blames, -1) ?? inherent(aspect.praises, 1)
  if (judged) return judged
  const at = findPhrase(stems, aspect.terms)
  return at ? { aspect: aspect.name, ...at, inherent: 0, isFault: aspect.isFault } : null
}

function findPhrase(
  stems: readonly string[],
  phrases: readonly string[][],
): { start: number; end: number } | null {
  for (const phrase of phrases) {
    for (let start = 0; start + phrase.length <= stems.length; start++) {
      if (phrase.every((word, i) => stems[start + i] === word)) return { start, end: start + phrase.length }
    }
  }
  return null
}

/** The opinion nearest to the mention decides; one inside the mention itself counts as nearest. */
function judge(clause: readonly string[], mention: Mention): 1 | 0 | -1 {
  if (mention.inherent !== 0) {
    const negated = clause
      .slice(Math.max(0, mention.start - 3), mention.start)
      .some((word) => /^(?:not|never|no|without|n't|\w+n't)$/.test(word))
    return negated ? (mention.inherent === 1 ? -1 : 1) : mention.inherent
  }
  let best: { distance: number; sign: 1 | -1 } | null = null
  for (const opinion of opinionsOf(clause)) {
    const distance =
      opinion.at < mention.start
        ? mention.start - opinion.at
        : opinion.at >= mention.end
          ? opinion.at - mention.end + 1
          : 0
    // "no leaks": the aspect's own word carries the blame, and a negator before it turns it.
    if (!best || distance < best.distance) best = { distance, sign: opinion.sign }
  }
  if (best) return best.sign
  // "No support at all", "hardly any noise": the absence judges.
  const before = clause.slice(Math.max(0, mention.start - 3), mention.start)
  if (before.some((word) => /^(?:no|hardly|barely|zero|lacks?|without|little|not)$/.test(word)))
    return mention.isFault ? 1 : -1
  return 0
}

function judgeAll(clause: readonly string[]): 1 | 0 | -1 {
  const sum = opinionsOf(clause).reduce((total, opinion) => total + opinion.sign, 0)
  return sum > 0 ? 1 : sum < 0 ? -1 : 0
}

/** Nouns that stand beside opinions but name nothing that one could judge. */
const notAspects = new Set(
  `product item thing purchase order buy pair one day week month year time star review gift son daughter wife husband kid
  child friend everything everyone anyone customer seller store shop brand day bit lot way people job choice deal
  experience quality overall home house work first second third month hour minute anything something nothing`
    .split(/\s+/)
    .map((word) => meaningOf(word)),
)

const known = new Set(
  compiledAspects.flatMap((aspect) => [...aspect.terms, ...aspect.praises, ...aspect.blames].flat()),
)

/** Words that several reviews judge ("great blade", "the blade is dull") and that the lexicon does not hold. */
export function discoverAspects(reviews: readonly Review[]): CompiledAspect[] {
  const reviewsOf = new Map<string, { shown: string; ids: Set<string> }>()
  const note = (word: string | undefined, id: string) => {
    if (!word || word.length < 4 || /\d/.test(word) || isFunctionWord(word)) return
    const root = meaningOf(word)
    if (known.has(root) || notAspects.has(root) || positive.has(root) || negative.has(root)) return
    const entry = reviewsOf.get(root) ?? { shown: word, ids: new Set<string>() }
    entry.ids.add(id)
    reviewsOf.set(root, entry)
  }
  for (const review of reviews) {
    for (const clause of sentences(`${review.title}. ${review.text}`).flatMap(clausesOf)) {
      for (const { at } of opinionsOf(clause)) {
        note(clause[at + 1], review.id)
        // "the blade is [very] dull"
        const copula = clause
          .slice(Math.max(0, at - 3), at)
          .findLastIndex((word) => /^(?:is|was|are|were|isn't|wasn't|feels?|seems?)$/.test(word))
        if (copula >= 0) note(clause[Math.max(0, at - 3) + copula - 1], review.id)
      }
    }
  }
  const floor = Math.max(discoveredFloor, Math.ceil(reviews.length * 0.05))
  return [...reviewsOf.entries()]
    .filter(([, entry]) => entry.ids.size >= floor)
    .toSorted((a, b) => b[1].ids.size - a[1].ids.size)
    .slice(0, 6)
    .map(([root, entry]) => ({
      name: entry.shown,
      terms: [[root]],
      needs: null,
      praises: [],
      blames: [],
      isFault: false,
    }))
}

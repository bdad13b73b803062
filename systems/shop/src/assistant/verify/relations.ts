import type { FactBase, ProductBase } from './fact-base.ts'
import type { ReadSentence } from './read-sentence.ts'

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
/** Finds every comparison that is computed. */
export const relationPattern = new RegExp(
  [...relations, ...extremes].map(({ pattern }) => pattern.source).join('|'),
  'i',
)

/** Words that compare; they need no evidence where a relation was computed. */
export const relationWords =
  /^(?:cheap|cheaper|cheapest|expens|expensive|pricier|dearer|affordabl|affordable|lower|lowest|higher|highest|rat|rated|most|least|less|more|than|better|best|top|priciest|worse)$/

/** Words that say by how much; the amount is checked. */
export const differenceWords = /^(?:cheaper|less|more|lower|higher|pricier|dearer|than)$/

function rating(base: ProductBase): number {
  return Math.round((base.product.rating?.average ?? 0) * 10) / 10
}

/** "A is cheaper than B", "the highest rated": computed, never taken on trust. */
export function checkRelations(sentence: ReadSentence, base: FactBase): string | null {
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
    // "The best choice beside A is B" would name two.
    if (subject !== base.shown[0] || sentence.mentioned.length > 1) return 'relation'
  }
  return equatesTwo(sentence) ? 'relation' : checkDegrees(sentence)
}

/** "A is B" of two products. */
function equatesTwo({ tokens }: ReadSentence): boolean {
  return tokens.some((token, i) => {
    if (token.isName || !/^(?:is|are|was|were)$/.test(token.text)) return false
    const before = tokens[i - 1]
    const after = tokens.slice(i + 1).find((word) => !/^(?:the|a|an|called|also)$/.test(word.text))
    return (
      before?.isName === true &&
      after?.isName === true &&
      !after.subjects.every((one) => before.subjects.includes(one))
    )
  })
}

const degree =
  /\b(?:(?:more|most|less|least|better|worse|best) [a-z][a-z-]+|[a-z]{3,}er than|the [a-z]{3,}est)\b/gi
const plainDegree =
  /^(?:more (?:about|details?|information|than|of|at)|less (?:than|at)|most of|at least|best (?:match|choice|option|pick|bet|candidate)|better (?:match|choice|option|pick)|(?:other|whether|rather|either) than|the (?:best|rest|test|latest|interest|request))$/i

/** "The most durable", "quieter than": computed above, or said in these words by a source. */
function checkDegrees(sentence: ReadSentence): string | null {
  for (const match of ownWords(sentence).matchAll(degree)) {
    if (plainDegree.test(match[0])) continue
    const subjects = sentence.tokens.find((token) => token.end > match.index)?.subjects ?? []
    const isSaid = (subject: ProductBase) =>
      subject.units.some((unit) => unit.evidence.text.toLowerCase().includes(match[0].toLowerCase()))
    if (!subjects.length || !subjects.every(isSaid)) return 'relation'
  }
  return null
}

/** The text without names and without what was computed, each as long as it was. */
function ownWords({ text, tokens }: ReadSentence): string {
  let rest = text
  for (const { isName, start, end } of tokens)
    if (isName) rest = `${rest.slice(0, start)}${'_'.repeat(end - start)}${rest.slice(end)}`
  return rest.replaceAll(new RegExp(relationPattern, 'gi'), (found) => '_'.repeat(found.length))
}

function subjectAt(sentence: ReadSentence, place: number): ProductBase | null {
  const token = sentence.tokens.findLast((candidate) => candidate.start <= place) ?? sentence.tokens[0]
  return token?.subjects.length === 1 ? token.subjects[0]! : null
}

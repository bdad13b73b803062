import { holdsOthers } from './forms.ts'
import type { Token } from './text.ts'

/** The first noun phrase of a query, which names what is looked for. */
export interface HeadPhrase {
  from: number
  /** Exclusive. */
  to: number
}

/** Finds the first run of free tokens up to a preposition, relative clause or break; null when nothing is left. */
export function findHead(tokens: readonly Token[], free: readonly boolean[]): HeadPhrase | null {
  let from = 0
  while (from < tokens.length) {
    const token = tokens[from]
    if (
      token !== undefined &&
      free[from] === true &&
      token.kind === 'word' &&
      !token.isInner &&
      !token.endsPhrase
    )
      break
    if (token !== undefined && free[from] === true && token.kind === 'number') break
    from++
  }
  if (from >= tokens.length) return null
  let to = from + 1
  while (to < tokens.length) {
    const token = tokens[to]
    if (token === undefined || free[to] !== true || token.breakBefore || token.endsPhrase) break
    // "jackets size 42": what is asked for ends where its size begins.
    if (token.isSizeWord && isSize(tokens[to + 1])) break
    to++
  }
  return { from, to }
}

/** The first noun phrase that says something: past "how much" and "we are", which name nothing, and past words of talk where another follows. */
export function findNamingHead(
  tokens: readonly Token[],
  free: readonly boolean[],
  isTalk: (token: Token) => boolean = () => false,
): HeadPhrase | null {
  let first: HeadPhrase | null = null
  let left = [...free]
  for (;;) {
    const head = findHead(tokens, left)
    if (head === null) return first
    const content = tokens.slice(head.from, head.to).filter(({ isContent }) => isContent)
    const next = tokens[head.to]
    // "A pair of sandals" is sandals.
    const isMeasure =
      next?.lead === 'made-of' && content.length > 0 && content.every(({ stem }) => holdsOthers(stem))
    if (!isMeasure && content.some((token) => !isTalk(token))) return head
    if (content.length > 0) first ??= head
    left = left.map((isFree, index) => isFree && index >= head.to)
  }
}

/**
 * The first noun phrase that ends (in some languages begins) in what goods are called by and stands for itself, where the first of all
 * does not: `lip gloss` of "a present for my sister, she loves lip gloss". What a preposition leads in is what something is for. Null
 * without one.
 */
export function findGoodsHead(
  tokens: readonly Token[],
  free: readonly boolean[],
  {
    isGoods,
    isTalk,
    isNounFirst,
  }: { isGoods: (token: Token) => boolean; isTalk: (token: Token) => boolean; isNounFirst: boolean },
): HeadPhrase | null {
  let left = [...free]
  let isFirst = true
  for (;;) {
    const head = findHead(tokens, left)
    if (head === null) return null
    // "Memory card as well" is one card: little words end what goods are called by.
    const little = tokens.findIndex(({ isContent }, at) => at > head.from && at < head.to && !isContent)
    const phrase = little === -1 ? head : { from: head.from, to: little }
    const noun = tokens[isNounFirst ? phrase.from : phrase.to - 1]
    // After "let us look at" stands what is looked for.
    isFirst &&= !tokens.slice(0, phrase.from).some((token) => token.isContent && !isTalk(token))
    if (noun !== undefined && isGoods(noun) && (isFirst || !isLedIn(tokens, phrase))) return phrase
    left = left.map((isFree, index) => isFree && index >= phrase.to)
  }
}

/** Whether a preposition stands before a phrase, little words between the two apart: "for my old", "in the". */
export function isLedIn(tokens: readonly Token[], { from }: HeadPhrase): boolean {
  for (let at = from; at > 0; at--) {
    if (tokens[at]?.breakBefore === true) return false
    const before = tokens[at - 1]
    if (before === undefined || before.isContent) return false
    if (before.lead !== null || before.endsPhrase) return true
  }
  return false
}

const isSize = (token: Token | undefined): boolean =>
  token !== undefined && !token.breakBefore && (token.kind === 'number' || token.word.length <= 3)

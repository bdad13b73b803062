import type { Token } from './text.ts'

const opens: ReadonlySet<string> = new Set([
  'no',
  'not',
  'without',
  'except',
  'excluding',
  'exclude',
  'avoid',
  'non',
  'never',
  'nor',
  'minus',
  'neither',
])
const opensPair: readonly [string, string][] = [
  ['other', 'than'],
  ['rather', 'than'],
  ['instead', 'of'],
  ['anything', 'but'],
  ['free', 'of'],
  ['free', 'from'],
  ['apart', 'from'],
  ['aside', 'from'],
]
/** After these a "no" or "not" negates nothing that a catalog states. */
const harmless: ReadonlySet<string> = new Set([
  'only',
  'more',
  'less',
  'sure',
  'too',
  'later',
  'longer',
  'just',
  'matter',
  'problem',
  'idea',
  'over',
  'under',
  'one',
])
const closes: ReadonlySet<string> = new Set([
  'but',
  'with',
  'just',
  'only',
  'however',
  'though',
  'although',
  'that',
  'which',
  'for',
  'in',
  'please',
  'because',
  'so',
  'to',
  'instead',
])
/** How many words a negation may reach: "without any real or faux leather". */
const reach = 6

/**
 * For each token the index of the word that negates it, or -1. A negation runs to the next break, preposition or
 * contrast, and on through "or" and "nor": in "no leather or suede, in red" it covers leather and suede.
 */
export function negationScopes(tokens: readonly Token[]): number[] {
  const scopes = tokens.map(() => -1)
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at]?.word ?? ''
    const pair = opensPair.some(
      ([first, second]) =>
        word === first && tokens[at + 1]?.word === second && tokens[at + 1]?.breakBefore === false,
    )
    const dont =
      /^(?:don|doesn|isn|aren|didn|shouldn|won|can|cannot|dont|isnt|arent|doesnt)$/.test(word) &&
      word !== 'can' &&
      word !== 'won'
    if (!opens.has(word) && !pair && !dont) {
      // `leather-free`, `sugar free`
      const next = tokens[at + 1]
      if (
        next?.word === 'free' &&
        !next.breakBefore &&
        !/^(?:shipping|delivery|gift|sample|returns?|of|from|size)$/.test(tokens[at + 2]?.word ?? '')
      ) {
        if (tokens[at]?.kind === 'word') scopes[at] = at + 1
      }
      continue
    }
    // `no-pull`, `non-slip`: a compound names a feature, it takes nothing away.
    if (tokens[at + 1]?.hyphenated) continue
    if (harmless.has(tokens[at + 1]?.word ?? '')) continue
    let covered = 0
    for (let next = at + (pair ? 2 : 1); next < tokens.length && covered < reach; next++) {
      const token = tokens[next]
      if (token === undefined || closes.has(token.word)) break
      if (token.breakBefore && next > at + 1) break
      if (
        token.word === 'and' &&
        tokens[next + 1] !== undefined &&
        /^(?:with|in|for|a|the|is|has|under|over)$/.test(tokens[next + 1]?.word ?? '')
      )
        break
      scopes[next] = at
      covered++
    }
  }
  return scopes
}

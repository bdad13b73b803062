import { innerWords, type Token } from './text.ts'

/** The first noun phrase of a query, which names what is looked for. */
export interface HeadPhrase {
  from: number
  /** Exclusive. */
  to: number
}

/** Words that end a noun phrase. */
export const phraseEnds: ReadonlySet<string> = new Set(
  'with in for from made that which priced by at on of to and or under over below above between costing cost available compatible suitable featuring specifically especially preferably without who where when using sold designed ideal supporting is are has have not no'.split(
    ' ',
  ),
)

/** Finds the first run of free tokens up to a preposition, relative clause or break; null when nothing is left. */
export function findHead(tokens: readonly Token[], free: readonly boolean[]): HeadPhrase | null {
  let from = 0
  while (from < tokens.length) {
    const token = tokens[from]
    if (
      token !== undefined &&
      free[from] === true &&
      token.kind === 'word' &&
      !innerWords.has(token.word) &&
      !phraseEnds.has(token.word)
    )
      break
    if (token !== undefined && free[from] === true && token.kind === 'number') break
    from++
  }
  if (from >= tokens.length) return null
  let to = from + 1
  while (to < tokens.length) {
    const token = tokens[to]
    if (token === undefined || free[to] !== true || token.breakBefore || phraseEnds.has(token.word)) break
    to++
  }
  return { from, to }
}

/** What of each prompt is read in one step. */
export interface StepInput {
  /** Prompt tokens left to read, by sequence, in order of arrival. */
  remaining: readonly number[]
  /** Sequences that generate; each takes one token of the step. */
  generating: number
  /** Most tokens of a step. */
  batchTokens: number
  /** Most prompt tokens of a step while others generate, so that their next token is not long in coming. */
  mixedTokens: number
}

/** Part of the prompt tokens of a step that the oldest prompt is given, so that short ones never starve a long one. */
const oldestShare = 0.25

/**
 * Prompt tokens to read by sequence. The rest of the budget goes to the prompts with the least left: a short question is
 * not kept waiting by a long document before it, and a group of prompts starts as soon as any order allows.
 */
export function planStep({ remaining, generating, batchTokens, mixedTokens }: StepInput): number[] {
  const room = Math.max(0, batchTokens - generating)
  let budget = generating > 0 ? Math.min(room, mixedTokens) : room
  const chunks = remaining.map(() => 0)
  const give = (index: number, most: number) => {
    const amount = Math.min((remaining[index] ?? 0) - (chunks[index] ?? 0), most, budget)
    chunks[index] = (chunks[index] ?? 0) + amount
    budget -= amount
  }
  if (remaining.length > 0) give(0, Math.ceil(budget * oldestShare))
  const shortestFirst = remaining
    .map((_, index) => index)
    .toSorted((a, b) => (remaining[a] ?? 0) - (remaining[b] ?? 0))
  for (const index of shortestFirst) give(index, budget)
  return chunks
}

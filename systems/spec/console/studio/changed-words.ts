/** A word, an expression of code or a space of a sentence, and whether the other sentence has it at that place, too. */
export interface Piece {
  text: string
  isChanged: boolean
}

/** Above this many pieces on both sides together, what stands between the common beginning and end counts as changed. */
const mostCompared = 1_200

/**
 * What differs between two sentences: the pieces of each, those marked that are not part of their longest common subsequence.
 * An expression between backticks is one piece.
 */
export function changedWords(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const [was, now] = [piecesOf(before), piecesOf(after)]
  let start = 0
  while (start < was.length && start < now.length && was[start] === now[start]) start += 1
  let end = 0
  while (
    end < was.length - start &&
    end < now.length - start &&
    was[was.length - 1 - end] === now[now.length - 1 - end]
  )
    end += 1
  const kept = commonParts(was.slice(start, was.length - end), now.slice(start, now.length - end))
  const marked = (pieces: readonly string[], common: ReadonlySet<number>): Piece[] =>
    pieces.map((text, at) => ({
      text,
      isChanged: at >= start && at < pieces.length - end && !common.has(at - start),
    }))
  return { before: marked(was, kept.before), after: marked(now, kept.after) }
}

const piecesOf = (text: string): string[] => text.match(/`[^`]+`|\s+|[^\s`]+|`/g) ?? []

/** Places of the longest common subsequence in each list (Wagner and Fischer, 1974). */
function commonParts(
  was: readonly string[],
  now: readonly string[],
): { before: Set<number>; after: Set<number> } {
  const common = { before: new Set<number>(), after: new Set<number>() }
  if (was.length + now.length > mostCompared) return common
  const width = now.length + 1
  const lengths = new Uint16Array((was.length + 1) * width)
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = was.length - 1; row >= 0; row -= 1)
    for (let column = now.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        was[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  for (let row = 0, column = 0; row < was.length && column < now.length;) {
    if (was[row] === now[column]) {
      common.before.add(row++)
      common.after.add(column++)
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1
    else column += 1
  }
  return common
}

/** How one text became another: at an offset something was taken out and something put in. Exact both ways. */
export interface Splice {
  at: number
  removed: string
  inserted: string
}

/** The shortest single splice: all but the common beginning and end. */
export function spliceBetween(before: string, after: string): Splice {
  let at = 0
  const most = Math.min(before.length, after.length)
  while (at < most && before[at] === after[at]) at++
  let tail = 0
  while (tail < most - at && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  return {
    at,
    removed: before.slice(at, before.length - tail),
    inserted: after.slice(at, after.length - tail),
  }
}

export function unspliced(text: string, { at, removed, inserted }: Splice): string {
  return text.slice(0, at) + removed + text.slice(at + inserted.length)
}

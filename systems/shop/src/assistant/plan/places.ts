const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']
const counts = ['one', 'two', 'three', 'four', 'five', 'six']

/**
 * Which of the products shown a message names by place, counted from 0: "the first two" → 0 and 1, "1 and 3" → 0 and 2, "the first and
 * the second" → 0 and 1. Empty unless it names at least two. `shown`: how many there are.
 */
export function placesIn(message: string, shown: number): number[] {
  const text = message.toLowerCase()
  const run = /\b(first|last|top)\s+(two|three|four|[2-4])\b/.exec(text)
  if (run) {
    const count = numberOf(run[2] ?? '')
    const from = run[1] === 'last' ? Math.max(0, shown - count) : 0
    return Array.from({ length: count }, (_, at) => from + at)
  }
  const named = Array.from(
    text.matchAll(
      /\b(?:(first|second|third|fourth|fifth|sixth)|(?:no\.?|number|#)?\s*([1-6])(?=st|nd|rd|th|\b))/g,
    ),
    (match) => (match[1] === undefined ? Number(match[2]) - 1 : ordinals.indexOf(match[1])),
  )
  const places = [...new Set(named)]
  return places.length >= 2 ? places : []
}

const numberOf = (word: string) => (/^\d$/.test(word) ? Number(word) : counts.indexOf(word) + 1)

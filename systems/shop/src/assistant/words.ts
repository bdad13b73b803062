/** A word of a text with its place, lower-cased, apostrophes kept ("don't"). */
export interface Word {
  text: string
  start: number
  end: number
}

const wordPattern = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu

/** Words in order. Numbers with a decimal point, hyphenated words and contractions are one word. */
export function words(text: string): Word[] {
  return Array.from(text.matchAll(wordPattern), (match) => ({
    text: match[0].toLowerCase().replaceAll('’', "'"),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/**
 * A light English stem: plural, -ed, -ing, -ly, -y. It maps both sides of a comparison, so that it need not give a
 * dictionary word. Short words and words with digits are left alone.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  let w = word.replace(/'s$/, '').replace(/(?:n't|'\w+)$/, '')
  if (w.endsWith('ies') && w.length > 4) w = `${w.slice(0, -3)}y`
  else if (/(?:sses|shes|ches|xes|zes)$/.test(w)) w = w.slice(0, -2)
  else if (w.endsWith('s') && !/(?:ss|us|is)$/.test(w)) w = w.slice(0, -1)
  const bare = w.replace(/(?:ing|edly|ed)$/, '')
  if (bare !== w && bare.length >= 3 && /[aeiouy]/.test(bare)) {
    w = /([bdfgmnprt])\1$/.test(bare) ? bare.slice(0, -1) : bare
  }
  if (w.length > 4 && w.endsWith('ly')) w = w.slice(0, -2)
  if (w.length > 4 && w.endsWith('y')) w = `${w.slice(0, -1)}i`
  if (w.length >= 4 && w.endsWith('e')) w = w.slice(0, -1)
  return w
}

/** Words that carry no claim of their own. */
export const functionWords: ReadonlySet<string> = new Set(
  `a about above across after again all also am an and any are aren't as at be because been before being below between both but
  by can could did do does doing don't down during each either else etc ever every few for from further get gets got had
  has have having he her here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself
  just let let's like made make makes many may me might more most much must my myself nor now of off on once one ones only
  onto or other our ours out over own per perhaps please quite rather really same she should since so some such than that
  that's the their theirs them themselves then there there's these they they'd they'll they're they've this those though
  through thus to too toward towards under until up upon us use used using very via was we we'd we'll we're we've were what
  what's when where whether which while who whom whose why will with within would yes yet you you'd you'll you're you've
  your yours yourself`
    .split(/\s+/)
    .filter(Boolean),
)

/** The words of a text that can make a claim: no function words, each stemmed, in order. */
export function contentStems(text: string): string[] {
  return words(text)
    .filter((word) => !functionWords.has(word.text))
    .map((word) => stem(word.text))
}

/** Abbreviations after which a full stop ends no sentence. */
const abbreviations =
  /(?:^|[\s(])(?:e\.g|i\.e|vs|approx|no|incl|max|min|dr|mr|mrs|st|oz|lb|lbs|in|ft|cm|mm|kg|us|eu|uk)\.$/i

/**
 * Splits a text into sentences with their trailing space, so that joining gives the text back. A full stop inside a
 * number, after an abbreviation, or before a lower-case letter ends none. A citation marker belongs to the sentence
 * before it.
 */
export function sentences(text: string): string[] {
  const result: string[] = []
  let start = 0
  for (const match of text.matchAll(/(?:[.!?]+["”’')\]]*(?:\s*\[\d+\])*(?=\s|$)|\n+)\s*/g)) {
    const end = match.index + match[0].length
    const upToStop = text.slice(start, match.index + 1)
    const next = text[end]
    if (match[0].startsWith('.') && abbreviations.test(upToStop) && next !== undefined) continue
    if (match[0].startsWith('.') && next !== undefined && /\p{Ll}/u.test(next)) continue
    if (text.slice(start, end).trim()) result.push(text.slice(start, end))
    start = end
  }
  if (text.slice(start).trim()) result.push(text.slice(start))
  return result
}

const small: Record<string, number> = Object.fromEntries(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value]),
)
const tens: Record<string, number> = Object.fromEntries(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, (index + 2) * 10]),
)

/** As a regular expression's source: a written-out number up to thousands, such as `two hundred and fifty`. */
export const numberWordsSource = `(?:(?:a|${[...Object.keys(small), ...Object.keys(tens)].join('|')})(?:[ -](?:and |${[
  ...Object.keys(small),
  ...Object.keys(tens),
].join('|')}|hundred|thousand))*)`

/**
 * Reads a written number in any locale's separators: `1,234.50`, `1.234,50`, `1 234`, `1'234`.
 * A lone separator before exactly three digits groups thousands, otherwise it marks decimals. NaN when it is no number.
 */
export function parseNumber(text: string): number {
  const compact = text.replace(/[\s'’]/g, '')
  if (!/^\d[\d.,]*$/.test(compact)) return Number.NaN
  const trimmed = compact.replace(/[.,]+$/, '')
  const lastDot = trimmed.lastIndexOf('.')
  const lastComma = trimmed.lastIndexOf(',')
  if (lastDot >= 0 && lastComma >= 0) {
    const decimal = lastDot > lastComma ? '.' : ','
    const group = decimal === '.' ? ',' : '.'
    return Number(trimmed.replaceAll(group, '').replace(decimal, '.'))
  }
  const separator = lastDot >= 0 ? '.' : ','
  const parts = trimmed.split(separator)
  if (parts.length === 1) return Number(trimmed)
  const grouped =
    parts.slice(1).every((part) => part.length === 3) && (parts[0] ?? '').length <= 3 && parts[0] !== '0'
  if (grouped) return Number(parts.join(''))
  return parts.length === 2 ? Number(`${parts[0]}.${parts[1]}`) : Number.NaN
}

/** Reads a written-out number such as `fifty`, `a hundred`, `two hundred and fifty`; NaN when it is none. */
export function parseNumberWords(text: string): number {
  let total = 0
  let current = 0
  let seen = false
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    if (word === 'and') continue
    if (word === 'a') current = 1
    else if (Object.hasOwn(small, word)) current += small[word] ?? 0
    else if (Object.hasOwn(tens, word)) current += tens[word] ?? 0
    else if (word === 'hundred') current = (current === 0 ? 1 : current) * 100
    else if (word === 'thousand') {
      total += (current === 0 ? 1 : current) * 1000
      current = 0
    } else return Number.NaN
    seen = seen || word !== 'a'
  }
  return seen ? total + current : Number.NaN
}

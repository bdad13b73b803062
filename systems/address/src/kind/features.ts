/**
 * What a model sees of a text: nothing here names a kind of place. Which words, parts of words and shapes speak for what is
 * learned (`train-linear.ts`).
 */

const word = /[a-z]+|\d+/g

/** Lower-case words and numbers, accents removed. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().match(word) ?? []
}

/** A number by how many digits it has, a word by itself without the plural's s. */
function term(token: string): string {
  const first = token.charCodeAt(0)
  if (first < 58) return token.length <= 1 ? token : `#${token.length}`
  return token.length > 3 && token.endsWith('s') && !token.endsWith('ss') ? token.slice(0, -1) : token
}

/** Of statements and descriptions: words and pairs of them. */
export function proseFeatures(text: string): string[] {
  const terms = wordsOf(text).map(term)
  const features = terms.map((one) => `w ${one}`)
  for (let at = 1; at < terms.length; at++) features.push(`w2 ${terms[at - 1]} ${terms[at]}`)
  return features
}

/** Of a name: words, pairs, first and last word, parts of words, and how it is written. `of` keeps occupants and owners apart; their words are also told together, so that lists of the one teach about the other. */
export function nameFeatures(name: string, of: 'n' | 'o' = 'n'): string[] {
  const terms = wordsOf(name).map(term)
  if (terms.length === 0) return [`${of} none`]
  const features = terms.flatMap((one) => [`${of} ${one}`, `no ${one}`])
  for (let at = 1; at < terms.length; at++) features.push(`${of}2 ${terms[at - 1]} ${terms[at]}`)
  features.push(
    `${of} first ${terms[0]}`,
    `${of} last ${terms.at(-1)}`,
    `${of} words ${Math.min(terms.length, 6)}`,
  )
  for (const sign of [',', '&', "'"]) if (name.includes(sign)) features.push(`${of} sign ${sign}`)
  if (/\d/.test(name)) features.push(`${of} digit`)
  for (const one of terms) {
    const bounded = `^${one}$`
    for (let at = 0; at + 4 <= bounded.length; at++) features.push(`${of}4 ${bounded.slice(at, at + 4)}`)
  }
  return features
}

/** Letters as A, digits as 9, runs kept up to two: `12-B` is `99-A`. */
function shape(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[A-Z]/g, 'A')
    .replaceAll(/\d/g, '9')
    .replaceAll(/(.)\1{2,}/g, '$1$1')
    .slice(0, 8)
}

/** Of the form of an address (Publication 28), its unit's designator and shape, and whether there is a number at all. */
export function formFeatures(line: string, unit: string | null, form: string): string[] {
  const number = numberOf(line)
  const features = [
    `f form ${form}`,
    `f number ${number === '' ? 'none' : /^0+$/.test(number) ? 'zero' : /\d/.test(number) ? 'some' : 'not'}`,
  ]
  if (unit === null || unit.trim() === '') return [...features, 'u none', `f form ${form} no unit`]
  features.push('u some', `u shape ${shape(unit.trim())}`)
  for (const one of wordsOf(unit)) features.push(`u ${term(one)}`)
  for (const letters of unit.toLowerCase().match(/[a-z]+/g) ?? [])
    features.push(`u start ${letters.slice(0, 2)}`)
  return features
}

function numberOf(line: string): string {
  return /^\s*(\S*\d\S*|n\/?a)\b/i.exec(line)?.[1] ?? ''
}

/** Of the number and street of a delivery line: the number's shape and size, first and last word, words and their endings. */
export function streetFeatures(line: string): string[] {
  const number = numberOf(line)
  const features = [
    `a number ${number === '' ? 'none' : shape(number)}`,
    `a digits ${/\d+/.exec(number)?.[0].length ?? 0}`,
  ]
  if (/\d\s*[-/&]\s*\d/.test(number)) features.push('a number range')
  const value = Number(/\d+/.exec(number)?.[0] ?? Number.NaN)
  if (!Number.isNaN(value)) features.push(`a hundred ${value % 100 === 0}`)
  const terms = wordsOf(line.slice(line.indexOf(number) + number.length)).map(term)
  for (const one of terms) features.push(`a ${one}`)
  features.push(
    `a first ${terms[0] ?? ''}`,
    `a last ${terms.at(-1) ?? ''}`,
    `a words ${Math.min(terms.length, 6)}`,
  )
  if (line.includes('#')) features.push('a hash')
  for (const one of terms) if (one.length > 3 && !one.startsWith('#')) features.push(`a end ${one.slice(-3)}`)
  return features
}

/** Of a number in a record's field: zero, small counts as they are, above by powers of two; a missing one is told too. */
export function numberFeatures(role: string, value: number | null): string[] {
  if (value === null || Number.isNaN(value)) return [`r ${role} none`]
  if (value <= 0) return [`r ${role} 0`]
  const step = value <= 10 ? `${Math.round(value)}` : `2^${Math.floor(Math.log2(value))}`
  const most = [1, 2, 3, 5, 10, 50].filter((bound) => value >= bound).map((bound) => `r ${role} >=${bound}`)
  return [`r ${role} ${step}`, ...most]
}

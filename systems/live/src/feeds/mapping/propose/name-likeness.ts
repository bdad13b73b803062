/** The words of a column's name: `scoreHome`, `score_home` and `Score Home` are the same two. */
export function wordsOfName(path: string): string[] {
  const name = path.split('/').filter((part) => part !== '' && part !== '..' && part !== '#')
  return name
    .slice(-2)
    .join(' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Za-z])(\d)/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

/**
 * 0..1: how much a column's name says the same as a phrase. The same words in any order count whole; a name that shortens them
 * (`qtr` for quarter, `ydstogo` for yards to go) counts four fifths, since letters may fit by chance.
 */
export function likeness(path: string, phrase: string): number {
  const words = wordsOfName(path)
  const wanted = phrase.split(' ')
  const common = wanted.filter((word) => words.some((own) => isSameWord(own, word))).length
  const union = new Set([...words, ...wanted]).size
  const byWords = common === 0 ? 0 : common / Math.max(wanted.length, union - (wanted.length - common))
  return Math.max(byWords, isShortFor(words.join(''), wanted.join('')) ? 0.8 : 0)
}

const isSameWord = (own: string, word: string): boolean =>
  own === word || `${own}s` === word || own === `${word}s` || (own.length >= 3 && isShortFor(own, word))

/** Whether a word leaves out letters of another and keeps its first. */
export function isShortFor(short: string, long: string): boolean {
  if (short.length < 2 || short.length < long.length * 0.3 || short[0] !== long[0]) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}

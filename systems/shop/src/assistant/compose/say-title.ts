import type { Product } from '../../domain/product.ts'

const mostWords = 6
const mostCharacters = 48

/**
 * A title as one would say it aloud: up to where it begins to list what the thing has. Words are added until no other of the products
 * would be called the same.
 */
export function sayTitle(
  product: Pick<Product, 'id' | 'title'>,
  among: Iterable<Pick<Product, 'id' | 'title'>>,
): string {
  const title = product.title.replaceAll(/\s+/g, ' ').trim()
  const others = [...among].filter((other) => other.id !== product.id && other.title !== product.title)
  const shortest = cut(title)
  const words = title.split(' ')
  for (let count = shortest.split(' ').length; count < words.length; count++) {
    const said = trimmed(words.slice(0, count).join(' '))
    if (!endsInBracket(said) && !others.some((other) => other.title.startsWith(said))) return said
  }
  return trimmed(title)
}

/** Before a bracket, a bar, a dash or a list, and no longer than a breath. */
function cut(title: string): string {
  if (title.length <= mostCharacters && title.split(' ').length <= mostWords) return title
  const clause = title.split(/\s*(?:[([|;]|,\s| [-–—] )/)[0] ?? title
  const first = clause.split(' ').length >= 2 ? clause : title
  let words = first.split(' ').slice(0, mostWords)
  while (words.length > 2 && words.join(' ').length > mostCharacters) words = words.slice(0, -1)
  return words.join(' ')
}

const endsInBracket = (text: string): boolean => /[([][^)\]]*$/.test(text)

/** No loose word or sign at the end. */
const trimmed = (text: string): string =>
  text
    .replace(/(?:\s+(?:with|for|and|or|of|in|the|a|an|to|by|&|\+|[-–—,/(]))+$/i, '')
    .replace(/[\s,;:(/–—-]+$/, '')

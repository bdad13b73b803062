/** A name of three letters for screens: of the first word that has as many, without accents. */
export function abbreviate(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/[^\p{L}\s]/gu, '')
  const word = plain.split(/\s+/).find((part) => part.length >= 3) ?? plain
  return word.slice(0, 3).toUpperCase()
}

/** The given id, else one made of the feed's name: without folder and endings, other characters as `-`. */
export function matchIdFrom(name: string, given: string | null): string {
  if (given !== null) return given
  const stem = name
    .replace(/^.*[\\/]/, '')
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z0-9]+$/i, '')
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return stem === '' ? 'match' : stem
}

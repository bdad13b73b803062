import { InvalidInputError } from '@heavylift/core'

const MAX_KEY_LENGTH = 512

/** @throws InvalidInputError `object-key-invalid` for anything that could leave the store or mean two things */
export function checkKey(key: string): void {
  const segments = key.split('/')
  const isValid =
    key.length <= MAX_KEY_LENGTH &&
    segments.every(
      (segment) =>
        /^[A-Za-z0-9._-]+$/.test(segment) && segment !== '.' && segment !== '..' && segment.length <= 200,
    )
  if (isValid) return
  throw new InvalidInputError({
    code: 'object-key-invalid',
    message: `An object's key is segments of A-Z a-z 0-9 . _ - joined by "/", none of them "." or ".."; got ${JSON.stringify(key.slice(0, 200))}.`,
  })
}

/** A prefix is the beginning of a key, so it may be empty or end within a segment or with `/`. */
export function checkPrefix(prefix: string): void {
  if (prefix !== '') checkKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix)
}

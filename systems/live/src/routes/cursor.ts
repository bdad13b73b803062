import { InvalidInputError } from '@heavylift/core'

/** The cursor of a client that comes back; null without one. Throws 400 on what no feed of insights gives. */
export function cursorOf(text: string | null): number | null {
  if (text === null || text === '') return null
  const cursor = Number(text)
  if (Number.isSafeInteger(cursor) && cursor >= 0) return cursor
  throw new InvalidInputError({
    code: 'cursor-invalid',
    message:
      'The cursor is not one that this feed gives. Send the last id that came, or none to start afresh.',
  })
}

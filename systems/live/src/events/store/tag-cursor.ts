import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { Tag } from '../../domain/tag.ts'

const cursorSchema = z.tuple([z.number(), z.number(), z.string().max(400)])

/** Where a page ended: importance, start and id of its last tag. */
export interface TagCursor {
  importance: number
  startMs: number
  id: string
}

export function writeCursor({ importance, startMs, id }: Tag): string {
  return Buffer.from(JSON.stringify([importance, Math.round(startMs), id])).toString('base64url')
}

/** Throws an `InvalidInputError` (`cursor-invalid`) on a text that no page gave. */
export function readCursor(text: string): TagCursor {
  try {
    const [importance, startMs, id] = cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString()),
    )
    return { importance, startMs, id }
  } catch (error) {
    throw new InvalidInputError({
      code: 'cursor-invalid',
      message:
        'The cursor is not one that a page of tags gave. Send the last page\'s "next", or none to start afresh.',
      cause: error,
    })
  }
}

import { hash } from 'node:crypto'
import { z } from 'zod'

/** Counted up where the words of code or their sum become others: marks of another version say nothing. */
export const markVersion = 11

/** A word of the code behind operations, with the line that it stands on. */
const wordSchema = z.tuple([z.string(), z.int()])

/**
 * Marks of code: sums of the words that make its behaviour (`parse/code-words.ts`). They are the same wherever the words stand, so a function that
 * moves, is renamed or is taken out of another changes the mark of no operation.
 */
export const codeMarksSchema = z.object({
  version: z.int(),
  /** Of all code behind an operation, by its id: its words, and then what it does in its order (`extract/code-flow.ts`). */
  operations: z.record(z.string(), z.string()),
  /** Of what of a function, a constant or a class stands behind operations: by path, then symbol. */
  places: z.record(z.string(), z.record(z.string(), z.string())),
  /** What only who just read the code knows: it is not agreed. */
  read: z
    .object({
      /** Keys of `words`, by operation. */
      behind: z.record(z.string(), z.array(z.int())),
      /** Names of the classes that what is answered may be of, by operation. */
      answers: z.record(z.string(), z.array(z.string())).optional(),
      /** Classes that a library may look into, with the names in them. */
      classes: z
        .array(z.object({ path: z.string(), name: z.string(), names: z.array(z.string()) }))
        .optional(),
      /** Functions that frameworks call with an error that came to them, with the class of that and the names in them. */
      mappers: z
        .array(
          z.object({
            path: z.string(),
            symbol: z.string(),
            type: z.string(),
            names: z.array(z.string()),
          }),
        )
        .optional(),
      words: z.array(
        z.object({
          path: z.string(),
          symbol: z.string(),
          line: z.int(),
          endLine: z.int(),
          words: z.array(wordSchema),
        }),
      ),
      /** Of functions and methods that the repository has: calls of these that were not followed are no words. */
      names: z.array(z.string()),
      /** Parts that only call others, with the operations behind which they stand. */
      silent: z.array(
        z.object({
          path: z.string(),
          symbol: z.string(),
          line: z.int(),
          endLine: z.int(),
          operations: z.array(z.string()),
        }),
      ),
      /** Operations whose code goes on for longer than it is followed. */
      cut: z.array(z.string()),
      /** Places in the code that say that a request failed, and those of them in functions that ran for operations. */
      errorPlaces: z.object({ all: z.int(), reached: z.int() }),
    })
    .optional(),
})
export type CodeMarks = z.output<typeof codeMarksSchema>

const modulus = 2 ** 48
const hashes = new Map<string, number>()

/** A word as a number of 48 bits. */
export function wordHash(word: string): number {
  let found = hashes.get(word)
  if (found === undefined) hashes.set(word, (found = Number.parseInt(hash('sha1', word).slice(0, 12), 16)))
  return found
}

export const sumOf = (a: number, b: number): number => (a + b) % modulus
export const differenceOf = (a: number, b: number): number => (a - b + modulus) % modulus

/** Of the two parts of what is kept of an operation: its words in no order, and its flow. */
export const wordsOf = (mark: string): string => mark.slice(0, 8)
export const flowOf = (mark: string): string => mark.slice(8)

/** As it is written: 8 letters. */
export const writeMark = (sum: number): string =>
  Buffer.from(sum.toString(16).padStart(12, '0'), 'hex').toString('base64url')
export const readMark = (text: string): number =>
  Number.parseInt(Buffer.from(text, 'base64url').toString('hex').padStart(1, '0'), 16)

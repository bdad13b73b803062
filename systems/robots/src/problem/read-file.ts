import { open } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'

/** Bytes of one file at most; a hundred thousand tasks are two million. */
const mostBytes = 256_000_000

/** @throws InvalidInputError `file-unreadable` or `file-too-large` */
export async function readTextFile(path: string): Promise<string> {
  let file
  try {
    file = await open(path)
  } catch (error) {
    throw new InvalidInputError({
      code: 'file-unreadable',
      message: `${path} cannot be read. A problem names its map, agents and tasks by paths from its own folder.`,
      cause: error,
    })
  }
  try {
    const { size } = await file.stat()
    if (size > mostBytes)
      throw new InvalidInputError({
        code: 'file-too-large',
        message: `${path} has ${size} bytes; a file may have ${mostBytes}. Split it.`,
      })
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** @throws InvalidInputError `problem-invalid` with the line, where JSON.parse tells the place */
export function parseJsonFile(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const at = /position (\d+)/.exec(why)?.[1]
    throw brokenFile(file, at === undefined ? null : lineAt(text, Number(at)), `it is no JSON: ${why}`)
  }
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length

/** The one error for a file that is not what it should be: which file, which line, why. */
export function brokenFile(file: string, line: number | null, why: string): InvalidInputError {
  return new InvalidInputError({
    code: 'problem-invalid',
    message: `${file}${line === null ? '' : `:${line}`}: ${why}`,
  })
}

import { readFile } from 'node:fs/promises'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'

/** Prints the running server's synonyms of this store, or replaces them by the lines of a file. */
export async function runSynonyms({ args, api, print, signal }: CommandInput): Promise<unknown> {
  const file = args['file']
  const response =
    file === undefined
      ? await api('/api/shop/synonyms', { signal })
      : await api('/api/shop/synonyms', {
          method: 'PUT',
          body: JSON.stringify({ lines: await linesOf(file) }),
          headers: { 'content-type': 'application/json' },
          signal,
        })
  const body = (await response.json().catch(() => null)) as {
    lines?: string[]
    error?: { code?: string; message?: string }
  } | null
  if (!response.ok || !body?.lines)
    throw new HeavyliftError({
      code: body?.error?.code ?? 'synonyms-refused',
      message: body?.error?.message ?? `The server answered ${response.status}.`,
      status: response.status,
    })
  for (const line of body.lines) print(line)
  if (body.lines.length === 0) print('This store has no synonyms of its own.')
  return { lines: body.lines }
}

/** Lines without comments (`# …`). */
async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new InvalidInputError({ code: 'file-not-found', message: `There is no file "${file}".` })
  })
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
}

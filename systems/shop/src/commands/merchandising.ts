import { readFile } from 'node:fs/promises'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'

interface Test {
  query: string
  productId: string
  top: number
  position: number | null
  passed: boolean
}

/** `heavylift shop merchandising [FILE]`: prints or replaces the rules, then holds the kept tests; no when one fails. */
export async function runMerchandising(input: CommandInput): Promise<unknown> {
  const file = input.args['file']
  const { lines } =
    file === undefined
      ? await ask<{ lines: string[] }>(input, '/api/shop/merchandising')
      : await ask<{ lines: string[] }>(input, '/api/shop/merchandising', { lines: await linesOf(file) })
  for (const line of lines) input.print(line)
  if (lines.length === 0) input.print('This store has no rules of its own.')
  const { tests } = await ask<{ tests: Test[] }>(input, '/api/shop/merchandising/tests')
  for (const { query, productId, top, position, passed } of tests) {
    const where = position === null ? 'not among the first 50' : `at ${position}`
    input.print(`${passed ? 'kept  ' : 'BROKEN'}  "${query}": ${productId} in top ${top} (${where})`)
  }
  return { lines, tests, verdict: tests.every(({ passed }) => passed) ? 'yes' : 'no' }
}

async function ask<T>({ api, signal }: CommandInput, path: string, body?: object): Promise<T> {
  const response = await api(path, {
    signal,
    ...(body
      ? { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : {}),
  })
  const answer = (await response.json().catch(() => null)) as
    | (T & { error?: { code?: string; message?: string } })
    | null
  if (response.ok && answer) return answer
  throw new HeavyliftError({
    code: answer?.error?.code ?? 'merchandising-refused',
    message: answer?.error?.message ?? `The server answered ${response.status}.`,
    status: response.status,
  })
}

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new InvalidInputError({ code: 'file-not-found', message: `There is no file "${file}".` })
  })
  return text.split('\n').filter((line) => line.trim() !== '')
}

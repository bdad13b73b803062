import { spawn } from 'node:child_process'
import { text as readText } from 'node:stream/consumers'
import { z } from 'zod'
import type { GivenLabel } from './score-labels.ts'

const answerSchema = z.array(z.array(z.tuple([z.string(), z.string()])))

const script = `import json, sys
import usaddress
print(json.dumps([usaddress.parse(text) for text in json.load(sys.stdin)]))`

/** Labels by PyPI `usaddress`, run by `python`; null where that Python does not have it. */
export async function usaddressLabels(
  python: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<GivenLabel[][] | null> {
  const child = spawn(python, ['-c', script], { signal, stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve)
    child.on('error', () => resolve(null))
  })
  // A Python that ends at once closes the pipe.
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify(texts))
  const answer = await readText(child.stdout)
  signal.throwIfAborted()
  if ((await ended) !== 0) return null
  return answerSchema.parse(JSON.parse(answer)).map((tokens, at) => place(tokens, texts[at] ?? ''))
}

/** Where in the text each token stands. */
function place(tokens: readonly (readonly [text: string, label: string])[], text: string): GivenLabel[] {
  let from = 0
  return tokens.flatMap(([token, label]) => {
    const start = text.indexOf(token, from)
    if (start < 0) return []
    from = start + token.length
    return [{ start, end: from, text: token, label }]
  })
}

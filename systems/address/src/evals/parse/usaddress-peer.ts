import { runPythonIfItCan } from '@heavylift/core/runtime/run-python'
import { z } from 'zod'
import type { GivenLabel } from './score-labels.ts'

const labelSchema = z.array(z.array(z.tuple([z.string(), z.string()])))

const labelScript = `import json, sys
import usaddress
print(json.dumps([usaddress.parse(text) for text in json.load(sys.stdin)]))`

const timeScript = `import json, sys, time
import usaddress
texts = json.load(sys.stdin)
usaddress.parse(texts[0])
started = time.perf_counter()
for text in texts: usaddress.parse(text)
print(json.dumps(time.perf_counter() - started))`

/** Labels by PyPI `usaddress`, run by `python`; null where that Python does not have it. */
export async function usaddressLabels(
  python: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<GivenLabel[][] | null> {
  const answer = await ask(python, labelScript, texts, signal)
  if (answer === null) return null
  return labelSchema.parse(answer).map((tokens, at) => place(tokens, texts[at] ?? ''))
}

/** How long `usaddress` takes for texts, without its start; null where that Python does not have it. */
export async function usaddressSeconds(
  python: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<number | null> {
  const answer = await ask(python, timeScript, texts, signal)
  return answer === null ? null : z.number().parse(answer)
}

async function ask(
  python: string,
  script: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<unknown> {
  const answer = await runPythonIfItCan({
    python,
    args: ['-c', script],
    needs: ['usaddress'],
    input: JSON.stringify(texts),
    signal,
  })
  return answer === null ? null : (JSON.parse(answer) as unknown)
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

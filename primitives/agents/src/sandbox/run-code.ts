import { HeavyliftError } from '@heavylift/core'
import type { ThreadPart } from '@heavylift/core/threads'
import { loadQuickJs } from './load-quickjs.ts'

/** What code in the sandbox may use at most. */
export const sandboxLimits = { memoryBytes: 64 * 1024 * 1024, stackBytes: 512 * 1024, timeMs: 1_000 }

export interface CodeInput {
  /** JavaScript: the body of a function of `input`. */
  code: string
  /** JSON. */
  input: unknown
}

/**
 * Runs JavaScript in QuickJS, which has neither files, network, timers nor this process: it sees `input` and gives back JSON. To be called in a
 * thread, as it takes the thread for as long as it runs. Fails with `code-failed`, `code-too-long` or `code-too-large`.
 */
export async function* runCode({ code, input }: CodeInput): AsyncGenerator<ThreadPart> {
  const quick = await loadQuickJs()
  const runtime = quick.newRuntime()
  runtime.setMemoryLimit(sandboxLimits.memoryBytes)
  runtime.setMaxStackSize(sandboxLimits.stackBytes)
  const deadline = performance.now() + sandboxLimits.timeMs
  runtime.setInterruptHandler(() => performance.now() > deadline)
  const context = runtime.newContext()
  try {
    const source = `JSON.stringify((function (input) {\n${code}\n})(JSON.parse(${JSON.stringify(JSON.stringify(input ?? null))})))`
    const answer = context.evalCode(source, 'step.js')
    if (answer.error) {
      const thrown: unknown = context.dump(answer.error)
      answer.error.dispose()
      throw failure(thrown, performance.now() > deadline)
    }
    const value: unknown = context.dump(answer.value)
    answer.value.dispose()
    yield new TextEncoder().encode(typeof value === 'string' ? value : 'null')
  } finally {
    context.dispose()
    runtime.dispose()
  }
}

function failure(thrown: unknown, isLate: boolean): HeavyliftError {
  const { name, message } = (
    typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }
  ) as { name?: string; message?: string }
  if (isLate)
    return new HeavyliftError({
      code: 'code-too-long',
      status: 422,
      message: `The code ran for more than ${sandboxLimits.timeMs} ms. Do less, or do it in parts with a map.`,
    })
  if (message === 'out of memory')
    return new HeavyliftError({
      code: 'code-too-large',
      status: 422,
      message: 'The code needs more than 64 MiB.',
    })
  return new HeavyliftError({
    code: 'code-failed',
    status: 422,
    message: `The code failed: ${name ?? 'Error'}: ${(message ?? '').slice(0, 500)}`,
  })
}

import { HeavyliftError } from '@heavylift/core'
import { ThreadPool } from '@heavylift/core/threads'
import type { CodeInput } from '../sandbox/run-code.ts'
import { pinOf } from './pin.ts'
import type { Tool, ToolOutcome, ToolSource } from './tool.ts'

const run: Omit<Tool, 'pin'> = {
  name: 'run',
  title: 'Run JavaScript',
  description: 'Runs JavaScript in a sandbox without files, network or clock, for a second at most.',
  input: {
    type: 'object',
    required: ['code'],
    properties: { code: { type: 'string' }, input: {} },
    additionalProperties: false,
  },
  effect: 'none',
  takesKey: true,
  canCheck: false,
}

/** The source `code`: JavaScript in QuickJS, each call in a thread, 64 MiB and a second at most. */
export function openCodeSource(threads = 2): { source: ToolSource; close(): Promise<void> } {
  const pool = new ThreadPool({
    threads,
    threadsPerTenant: threads,
    tasksPerTenant: 1_000,
    // The sandbox ends code after a second; this is for a thread that hangs.
    timeLimitMs: 10_000,
    memoryLimitMb: 256,
  })
  const tools: readonly Tool[] = [{ ...run, pin: pinOf(run) }]
  return {
    source: {
      name: 'code',
      list: () => Promise.resolve(tools),
      async call({ args }, { tenantId, signal }): Promise<ToolOutcome> {
        const input: CodeInput = { code: String(args['code']), input: args['input'] }
        try {
          const parts = await pool.run({
            tenantId,
            task: { module: new URL('../sandbox/run-code.ts', import.meta.url).href, export: 'runCode' },
            input,
            signal,
          })
          const chunks: Uint8Array[] = []
          for await (const part of parts) chunks.push(part)
          return { state: 'done', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
        } catch (error) {
          const known = HeavyliftError.isInstance(error)
          return {
            state: 'failed',
            code: known ? error.code : 'code-failed',
            message: error instanceof Error ? error.message : String(error),
            isRetryable: known && error.isRetryable,
          }
        }
      },
    },
    close: () => pool.close(),
  }
}

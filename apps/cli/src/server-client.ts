import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { z } from 'zod'
import { CliError, exitCodes } from './exit-codes.ts'

/** Written by a running server into its data folder, so that commands find it whatever port it took. */
export const serverRecordName = 'server.json'

const recordSchema = z.object({ address: z.url(), pid: z.int() })
export type ServerRecord = z.output<typeof recordSchema>

/** The record of a server, or null when none was written or it is damaged. It may be of a server that was killed. */
export function readServerRecord(dataDir: string): ServerRecord | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(join(dataDir, serverRecordName), 'utf8')))
  } catch {
    return null
  }
}

/** Calls a server with the key from `HEAVYLIFT_KEY`, if set. */
export async function callServer(
  input: { address: string; key: string | undefined; signal: AbortSignal },
  path: string,
  init: RequestInit & { duplex?: 'half' } = {},
): Promise<Response> {
  const headers = new Headers(init.headers)
  if (input.key !== undefined && input.key !== '') headers.set('authorization', `Bearer ${input.key}`)
  try {
    return await fetch(new URL(path, input.address), { signal: input.signal, ...init, headers })
  } catch (cause) {
    if (input.signal.aborted) throw cause
    throw new CliError({
      code: 'server-not-running',
      message: `No server answers at ${input.address}. Start it with \`npm start\` (or \`heavylift serve\`).`,
      exitCode: exitCodes.serverNotRunning,
      cause,
    })
  }
}

/** How the server words every refusal. */
const problemSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** The parsed body of an answer. Rejects with the server's own words when it refused. */
export async function readAnswer<T extends z.ZodType>(response: Response, schema: T): Promise<z.output<T>> {
  const text = await response.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (cause) {
    throw unexpected(response, cause)
  }
  if (!response.ok) {
    const problem = problemSchema.safeParse(body)
    if (problem.success) throw new HeavyliftError({ ...problem.data.error, status: response.status })
    throw unexpected(response)
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw unexpected(response, parsed.error)
  return parsed.data
}

function unexpected(response: Response, cause?: unknown): HeavyliftError {
  return new HeavyliftError({
    code: 'answer-unexpected',
    message: `${response.url} answered ${response.status} with something else than expected. Is it a Heavylift server of this version?`,
    cause,
  })
}

import { InvalidInputError } from '@heavylift/core'
import type { ThreadPart, ThreadTask } from '@heavylift/core/threads'

export interface SentInput {
  /** JSON of { recording, map }. Shared, so that another thread reads it without a copy. */
  bytes: SharedArrayBuffer
}

/** All that a stream brings, in memory that threads share. Throws RangeError past `mostBytes`; whoever hands the stream in bounds it before. */
export async function collectBytes(
  stream: ReadableStream<Uint8Array>,
  mostBytes: number,
): Promise<SharedArrayBuffer> {
  const bytes = new SharedArrayBuffer(0, { maxByteLength: mostBytes })
  const view = new Uint8Array(bytes)
  for await (const part of stream) {
    const at = bytes.byteLength
    bytes.grow(at + part.byteLength)
    view.set(part, at)
  }
  return bytes
}

const partBytes = 256 * 1024

/** The recording as it is kept. Throws `recording-invalid`, naming the place. */
export async function* check({ bytes }: SentInput): AsyncGenerator<ThreadPart> {
  const { z } = await import('zod')
  const { recordingSchema, roadMapSchema } = await import('./recording-schema.ts')
  const parsed = z
    .object({ recording: recordingSchema, map: roadMapSchema })
    .safeParse(parse(Buffer.from(bytes).toString('utf8')))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`)
  }
  const kept = new TextEncoder().encode(JSON.stringify(parsed.data))
  for (let at = 0; at < kept.byteLength; at += partBytes) yield kept.slice(at, at + partBytes)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalid(`it is not JSON (${(error as Error).message.slice(0, 200)})`)
  }
}

function invalid(problem: string): InvalidInputError {
  return new InvalidInputError({
    code: 'recording-invalid',
    message: `The recording cannot be read: ${problem}`,
  })
}

export const checkTask: ThreadTask = { module: import.meta.url, export: 'check' }

import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { CallRecord } from '../call-record.ts'
import type { CallText } from '../meter.ts'

/** A line of a segment: a call, with its texts where they are kept. */
export type KeptCall = CallRecord & { text?: CallText }

const blockBytes = 64 * 1024
const lineBreak = 0x0a

/** The call of a line; null for a line that was cut off. */
export function parseCall(line: string): KeptCall | null {
  try {
    const value = JSON.parse(line) as unknown
    return typeof value === 'object' && value !== null && 'id' in value && 'atMs' in value
      ? (value as KeptCall)
      : null
  } catch {
    return null
  }
}

/**
 * Calls of a segment from its beginning, a block in memory at a time; null stands for a line that was cut off. Synchronous:
 * for the start, when nothing else waits.
 */
export function* readCalls(path: string): Generator<KeptCall | null> {
  const file = openSync(path, 'r')
  try {
    const block = Buffer.alloc(blockBytes)
    let rest: Buffer = Buffer.alloc(0)
    for (let length; (length = readSync(file, block)) > 0;) {
      let bytes = Buffer.concat([rest, block.subarray(0, length)])
      for (let end; (end = bytes.indexOf(lineBreak)) !== -1; bytes = bytes.subarray(end + 1)) {
        if (end > 0) yield parseCall(bytes.toString('utf8', 0, end))
      }
      rest = bytes
    }
    if (rest.length > 0) yield parseCall(rest.toString('utf8'))
  } finally {
    closeSync(file)
  }
}

/** Calls of a segment from its end, as `listCalls` shows them. Lines that were cut off are left out. Empty where it has gone meanwhile. */
export async function* readCallsFromEnd(path: string): AsyncGenerator<KeptCall> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (file === null) return
  try {
    let at = (await file.stat()).size
    let rest: Buffer = Buffer.alloc(0)
    while (at > 0) {
      const length = Math.min(blockBytes, at)
      at -= length
      const block = Buffer.alloc(length)
      await file.read(block, 0, length, at)
      let bytes = Buffer.concat([block, rest])
      for (let start; (start = bytes.lastIndexOf(lineBreak)) !== -1; bytes = bytes.subarray(0, start)) {
        const call = start + 1 < bytes.length ? parseCall(bytes.toString('utf8', start + 1)) : null
        if (call !== null) yield call
      }
      rest = bytes
    }
    const first = rest.length > 0 ? parseCall(rest.toString('utf8')) : null
    if (first !== null) yield first
  } finally {
    await file.close()
  }
}

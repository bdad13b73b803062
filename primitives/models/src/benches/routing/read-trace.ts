import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import type { Trace, TraceRequest } from './trace.ts'

const fileName = /\.(csv|jsonl)(\.gz)?$/i
/** Of a longer trace, its first: ten thousand requests give a 99th percentile of a hundred. */
const MOST_REQUESTS = 10_000
const AZURE_BLOCK_TOKENS = 512
const blockSizes = [16, 32, 64, 128, 256, 512, 1024, 2048]

const mooncakeLine = z.object({
  timestamp: z.number().min(0),
  input_length: z.int().min(1),
  output_length: z.int().min(0),
  hash_ids: z.array(z.int().min(0)).default([]),
})

/**
 * Every trace below `dir` in the order of their names, whatever its file is called: CSV with Azure's columns, or JSONL
 * with Mooncake's fields, gzipped or not. Files that are neither are left out. Throws when there is none, or when a line of
 * one cannot be read, with file and line.
 */
export async function readTraces(dir: string): Promise<Trace[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && fileName.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const traces: Trace[] = []
  for (const path of paths) {
    const trace = await readTrace(path, relative(dir, path).replace(fileName, ''))
    if (trace !== null) traces.push(trace)
  }
  if (traces.length === 0) {
    throw new Error(
      `Found no trace in ${dir}. Give a folder with CSV files that have the columns TIMESTAMP, ContextTokens and GeneratedTokens, ` +
        'or JSONL files that have timestamp, input_length, output_length and hash_ids in each line.',
    )
  }
  return traces
}

/** Null when the file is no trace. */
async function readTrace(path: string, name: string): Promise<Trace | null> {
  // An error of the file ends the last of the streams as well, and so the loop below.
  const file = createReadStream(path)
  const bytes = path.toLowerCase().endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file
  const lines = createInterface({ input: bytes, crlfDelay: Infinity })
  let parse: LineParser | null = null
  let number = 0
  const parsed: Parsed[] = []
  try {
    for await (const line of lines) {
      number++
      if (line.trim() === '') continue
      if (parse === null) {
        parse = azureParser(line) ?? (isMooncake(line) ? parseMooncakeLine : null)
        if (parse === null) return null
        if (parse !== parseMooncakeLine) continue
      }
      const request = parse(line)
      if (request === null) throw new Error(`${path}, line ${number}: this is no request of a trace.`)
      parsed.push(request)
      if (parsed.length === MOST_REQUESTS) break
    }
  } finally {
    lines.close()
    file.destroy()
  }
  return parsed.length === 0 ? null : traceOf(name, parsed)
}

/** A line as it stands in the file. */
interface Parsed {
  atMs: number
  promptTokens: number
  outputTokens: number
  ids: readonly number[]
}
type LineParser = (line: string) => Parsed | null

/** By its first line; null when that is not Azure's. */
export function azureParser(header: string): LineParser | null {
  const names = cellsOf(header).map((name) => name.toLowerCase())
  const time = names.indexOf('timestamp')
  const prompt = names.indexOf('contexttokens')
  const output = names.indexOf('generatedtokens')
  if (time < 0 || prompt < 0 || output < 0) return null
  return (line) => {
    const cells = cellsOf(line)
    // As many digits of a second as a date may have.
    const at = (cells[time] ?? '').replace(' ', 'T').replace(/(\.\d{3})\d*/, '$1')
    const atMs = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(at) ? at : `${at}Z`)
    const promptTokens = Number(cells[prompt])
    const outputTokens = Number(cells[output])
    if (![atMs, promptTokens, outputTokens].every((value) => Number.isFinite(value))) return null
    return { atMs, promptTokens, outputTokens, ids: [] }
  }
}

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^\uFEFF?"?|"$/g, ''))
}

function isMooncake(line: string): boolean {
  return parseMooncakeLine(line) !== null
}

export function parseMooncakeLine(line: string): Parsed | null {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return null
  }
  const { success, data } = mooncakeLine.safeParse(json)
  if (!success) return null
  const { timestamp, input_length, output_length, hash_ids } = data
  return { atMs: timestamp, promptTokens: input_length, outputTokens: output_length, ids: hash_ids }
}

/** In the order of arrival from 0. Requests that begin with the same block are taken for one session. */
export function traceOf(name: string, parsed: readonly Parsed[]): Trace {
  const tokensPerBlock = blockTokens(parsed)
  const startMs = parsed.reduce((least, { atMs }) => Math.min(least, atMs), Infinity)
  const requests = parsed.map(({ atMs, promptTokens, outputTokens, ids }, at): TraceRequest => {
    const prompt = Math.max(1, promptTokens)
    return {
      atMs: atMs - startMs,
      promptTokens: prompt,
      outputTokens: Math.max(1, outputTokens),
      // A replica shares full blocks only.
      blocks: Uint32Array.from(ids.slice(0, Math.floor(prompt / tokensPerBlock))),
      session: ids[0] ?? at,
    }
  })
  return { name, tokensPerBlock, requests: requests.toSorted((a, b) => a.atMs - b.atMs) }
}

/** No file says how long its blocks are: the size by which the most prompts have as many as they name. */
function blockTokens(parsed: readonly Parsed[]): number {
  let best = AZURE_BLOCK_TOKENS
  let most = 0
  for (const size of blockSizes) {
    const fits = parsed.filter(({ promptTokens, ids }) => {
      return ids.length > 0 && Math.ceil(promptTokens / size) === ids.length
    }).length
    if (fits > most) {
      most = fits
      best = size
    }
  }
  return best
}

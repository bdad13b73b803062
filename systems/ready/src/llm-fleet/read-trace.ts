import { z } from 'zod'
import type { FleetRequest } from './simulate-fleet.ts'

const mooncakeRow = z.object({
  timestamp: z.number(),
  input_length: z.number().int().min(1),
  output_length: z.number().int().min(0),
  hash_ids: z.array(z.number().int()).optional(),
})

/** Tokens of one of Mooncake's blocks, each with an id of its own for the same beginning. */
const mooncakeBlock = 512
const blockTokens = 16

/**
 * Requests of a trace, in the order of arrival, from its first: Azure's CSV (`TIMESTAMP,ContextTokens,GeneratedTokens`, Splitwise 2024) or Mooncake's JSON
 * a line (`timestamp` in ms, `input_length`, `output_length`, `hash_ids`; Qin et al. 2024). Null where it is neither; rows that cannot be read are
 * left out and counted.
 */
export function readLlmTrace(
  text: string,
): { format: string; requests: FleetRequest[]; unread: number } | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const [first = '', ...rest] = lines
  const isAzure = /^"?timestamp"?,"?contexttokens"?,"?generatedtokens"?/i.test(first.trim())
  const isMooncake = first.trimStart().startsWith('{') && /"input_length"\s*:/.test(first)
  if (!isAzure && !isMooncake) return null
  const rows = isAzure ? rest.map(azureRow) : lines.map(mooncakeRequest)
  const read = rows.filter((row) => row !== null).toSorted((a, b) => a.atMs - b.atMs)
  const startMs = read[0]?.atMs ?? 0
  return {
    format: isAzure ? 'Azure LLM trace' : 'Mooncake trace',
    requests: read.map((row) => ({ ...row, atMs: row.atMs - startMs })),
    unread: rows.length - read.length,
  }
}

function azureRow(line: string): FleetRequest | null {
  const [time = '', prompt, output] = line.split(',').map((cell) => cell.replaceAll('"', '').trim())
  // Seven digits of a second, as .NET writes them.
  const iso = time.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1')
  const atMs = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`)
  const fraction =
    Number(/\.\d{3}(\d+)/.exec(time)?.[1] ?? 0) / 10 ** (/\.\d{3}(\d+)/.exec(time)?.[1]?.length ?? 1)
  const promptTokens = Number(prompt)
  const outputTokens = Number(output)
  if (!Number.isFinite(atMs) || !(promptTokens >= 1) || !(outputTokens >= 0)) return null
  return { atMs: atMs + fraction, promptTokens, outputTokens: Math.max(1, outputTokens) }
}

function mooncakeRequest(line: string): FleetRequest | null {
  let row: unknown
  try {
    row = JSON.parse(line)
  } catch {
    return null
  }
  const found = mooncakeRow.safeParse(row)
  if (!found.success) return null
  const { timestamp, input_length, output_length, hash_ids = [] } = found.data
  const perBlock = mooncakeBlock / blockTokens
  return {
    atMs: timestamp,
    promptTokens: input_length,
    outputTokens: Math.max(1, output_length),
    // Each of its blocks is as many of ours.
    blocks: hash_ids.flatMap((id) => Array.from({ length: perBlock }, (_, k) => id * perBlock + k)),
  }
}

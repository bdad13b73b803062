import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Trace } from './trace.ts'

const AZURE = 'AzureLLMInferenceTrace_conv.csv.gz'
const MOONCAKE = 'synthetic_trace.jsonl.gz'

const mooncakeLine = z.object({
  timestamp: z.number().min(0),
  input_length: z.int().min(1),
  output_length: z.int().min(1),
  hash_ids: z.array(z.int().min(0)),
})

/** Azure's and Mooncake's traces, as far as they are in `dir`, `dir/azure` and `dir/mooncake`. Throws when neither is. */
export async function readTraces(dir: string): Promise<Trace[]> {
  const azure = await firstOf([join(dir, AZURE), join(dir, 'azure', AZURE)])
  const mooncake = await firstOf([join(dir, MOONCAKE), join(dir, 'mooncake', MOONCAKE)])
  const traces: Trace[] = []
  if (azure !== null) traces.push(parseAzure(azure))
  if (mooncake !== null) traces.push(parseMooncake(mooncake))
  if (traces.length === 0) {
    throw new Error(`Found neither ${AZURE} nor ${MOONCAKE} in ${dir}; give the folder that has one of them.`)
  }
  return traces
}

async function firstOf(paths: string[]): Promise<string | null> {
  for (const path of paths) {
    try {
      return gunzipSync(await readFile(path)).toString('utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return null
}

/** Conversation requests of one hour; lengths only, nothing of what prompts share. */
export function parseAzure(csv: string): Trace {
  const rows = csv.trim().split('\n').slice(1)
  const requests = rows.map((row, session) => {
    const [time = '', prompt = '', output = ''] = row.trim().split(',')
    return {
      atMs: Date.parse(`${time.slice(0, 23).replace(' ', 'T')}Z`),
      promptTokens: Math.max(1, Number(prompt)),
      outputTokens: Math.max(1, Number(output)),
      blocks: new Uint32Array(0),
      session,
    }
  })
  requests.sort((a, b) => a.atMs - b.atMs)
  const startMs = requests[0]?.atMs ?? 0
  for (const request of requests) request.atMs -= startMs
  return { name: 'azure', tokensPerBlock: 512, requests }
}

/** Requests with the ids of their 512-token blocks; those that begin with the same block are taken for one session. */
export function parseMooncake(jsonLines: string): Trace {
  const requests = jsonLines
    .trim()
    .split('\n')
    .map((line) => {
      const { timestamp, input_length, output_length, hash_ids } = mooncakeLine.parse(JSON.parse(line))
      return {
        atMs: timestamp,
        promptTokens: input_length,
        outputTokens: output_length,
        // A replica shares full blocks only.
        blocks: Uint32Array.from(hash_ids.slice(0, Math.floor(input_length / 512))),
        session: hash_ids[0] ?? 0,
      }
    })
  requests.sort((a, b) => a.atMs - b.atMs)
  return { name: 'mooncake', tokensPerBlock: 512, requests }
}

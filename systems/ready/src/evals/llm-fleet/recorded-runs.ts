import { gunzipSync } from 'node:zlib'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { EngineOptions } from '../../llm-fleet/engine.ts'
import { readProfile } from '../../llm-fleet/read-profile.ts'
import type { Profile } from '../../llm-fleet/step-times.ts'

const requestSchema = z.object({
  input_toks: z.int(),
  output_toks: z.int(),
  arrival_time: z.number(),
  queued_ts: z.number(),
  first_token_ts: z.number(),
  last_token_ts: z.number(),
})

const metaSchema = z.object({
  model: z.string(),
  engine_kwargs: z.object({
    tensor_parallel_size: z.int().default(1),
    max_num_seqs: z.int(),
    max_num_batched_tokens: z.int(),
  }),
})

const clusterSchema = z.object({
  nodes: z.array(
    z.object({
      instances: z.array(
        z.object({
          hardware: z.string(),
          npu_mem: z.object({ mem_size: z.number(), mem_util: z.number().default(0.9) }),
        }),
      ),
    }),
  ),
})

/** One recorded run of an engine, and the profile of its device. */
export interface RecordedRun {
  name: string
  profile: Profile
  engine: EngineOptions
  /** Milliseconds from the first arrival. */
  requests: {
    atMs: number
    promptTokens: number
    outputTokens: number
    ttftMs: number
    tpotMs: number
    latencyMs: number
  }[]
}

/** Of models whose profile's tables are of one block: blocks, bytes of weights, and bytes of keys and values a token. From their published configurations. */
const knownModels: Record<string, { layers: number; weightGb: number; kvBytesPerToken: number }> = {
  'meta-llama/Llama-3.1-8B': { layers: 32, weightGb: 16.1, kvBytesPerToken: 2 * 32 * 8 * 128 * 2 },
}

/** Each folder with `requests.jsonl` and `meta.json` is a run; its profile is below `profiles/<device>/<model>/…/tp<n>`. */
export async function readRecordedRuns(dataDir: string): Promise<RecordedRun[]> {
  const files = (await readdir(dataDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const runs: RecordedRun[] = []
  for (const file of files.filter((one) => /requests\.jsonl(?:\.gz)?$/.test(one))) {
    const meta = metaSchema.parse(JSON.parse(await readFile(join(dirname(file), 'meta.json'), 'utf8')))
    const cluster = clusterSchema.parse(
      JSON.parse(await readFile(join(dirname(file), '..', 'config.json'), 'utf8')),
    )
    const instance = cluster.nodes[0]?.instances[0]
    const model = knownModels[meta.model]
    if (instance === undefined || model === undefined)
      throw new InvalidInputError({
        code: 'run-unknown',
        message: `${file}: nothing is known of ${meta.model}. Known are ${Object.keys(knownModels).join(', ')}.`,
      })
    const tp = `tp${meta.engine_kwargs.tensor_parallel_size}`
    const tables = files.filter(
      (one) =>
        one.includes(join('profiles', instance.hardware)) &&
        one.includes(meta.model) &&
        one.includes(`/${tp}/`),
    )
    const table = (name: string) => {
      const found = tables.find((one) => one.includes(`/${name}.csv`))
      return found === undefined ? Promise.resolve(undefined) : readText(found)
    }
    const [dense, perSequence, attention, skewFit] = await Promise.all(
      ['dense', 'per_sequence', 'attention', 'skew_fit'].map(table),
    )
    if (dense === undefined || perSequence === undefined || attention === undefined)
      throw new InvalidInputError({
        code: 'profile-missing',
        message: `${dataDir} has no profile of ${instance.hardware} for ${meta.model} at ${tp}.`,
      })
    const { mem_size, mem_util } = instance.npu_mem
    const blockSize = 16
    runs.push({
      name: relative(dataDir, dirname(file)),
      profile: readProfile(
        { dense, perSequence, attention, ...(skewFit === undefined ? {} : { skewFit }) },
        model.layers,
      ),
      engine: {
        maxNumSeqs: meta.engine_kwargs.max_num_seqs,
        maxNumBatchedTokens: meta.engine_kwargs.max_num_batched_tokens,
        kvBlocks: Math.floor(
          ((mem_size * mem_util - model.weightGb) * 1e9) / (model.kvBytesPerToken * blockSize),
        ),
        blockSize,
        isSchedulingAhead: true,
      },
      requests: readRequests(await readText(file)),
    })
  }
  if (runs.length === 0)
    throw new InvalidInputError({
      code: 'no-runs',
      message: `${dataDir} has no requests.jsonl with a meta.json beside it.`,
    })
  return runs
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

/**
 * Arrivals are told by the client's clock, all else by the engine's: the two are laid over each other where a request was taken in soonest.
 * Times that the engine gives for taking in are those of its steps, so arrivals are the client's.
 */
function readRequests(text: string): RecordedRun['requests'] {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => requestSchema.parse(JSON.parse(line)))
    .toSorted((a, b) => a.arrival_time - b.arrival_time)
  const offset = Math.min(...rows.map((row) => row.queued_ts - row.arrival_time))
  const startS = rows[0]?.arrival_time ?? 0
  return rows.map((row) => ({
    atMs: 1000 * (row.arrival_time - startS),
    promptTokens: row.input_toks,
    outputTokens: row.output_toks,
    ttftMs: 1000 * (row.first_token_ts - offset - row.arrival_time),
    tpotMs:
      row.output_toks < 2 ? NaN : (1000 * (row.last_token_ts - row.first_token_ts)) / (row.output_toks - 1),
    latencyMs: 1000 * (row.last_token_ts - offset - row.arrival_time),
  }))
}

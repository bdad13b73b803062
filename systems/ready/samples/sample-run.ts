import { createRandom } from '@heavylift/core'
import type { RecordedRun } from '../src/evals/llm-fleet/recorded-runs.ts'
import { simulateFleet } from '../src/llm-fleet/simulate-fleet.ts'
import { StepTimes } from '../src/llm-fleet/step-times.ts'
import type { Profile } from '../src/llm-fleet/step-times.ts'

/** A made device: a step takes a base and so much a token; attention grows with what is attended to. */
export function sampleProfile(): Profile {
  const powers = (most: number) => [0, ...Array.from({ length: Math.log2(most) + 1 }, (_, i) => 2 ** i)]
  const tokens = powers(2048).slice(1)
  return {
    layers: 4,
    dense: new Map([['qkv_proj', tokens.map((at) => ({ at, timeUs: 100 + 0.2 * at }))]]),
    perSequence: new Map([['lm_head', tokens.map((at) => ({ at, timeUs: 300 + 0.5 * at }))]]),
    attention: powers(2048).flatMap((prefillChunk) =>
      (prefillChunk === 0 ? [0] : [0, 256, 1024, 4096]).flatMap((kvPrefill) =>
        powers(256).flatMap((decodes) =>
          (decodes === 0 ? [0] : [64, 1024, 4096]).map((kvDecode) => ({
            prefillChunk,
            kvPrefill,
            decodes,
            kvDecode,
            timeUs: 2 + 1e-4 * prefillChunk * (kvPrefill + prefillChunk / 2) + 0.002 * decodes * kvDecode,
          })),
        ),
      ),
    ),
    skew: [],
  }
}

/** A run of 200 requests that the simulation made up itself. */
export function sampleRun(): RecordedRun {
  const random = createRandom('ready llm run')
  let atMs = 0
  const asked = Array.from({ length: 200 }, () => {
    atMs += -40 * Math.log(1 - random.next())
    return { atMs, promptTokens: random.int(50, 1500), outputTokens: random.int(20, 300) }
  })
  const profile = sampleProfile()
  const engine = {
    maxNumSeqs: 64,
    maxNumBatchedTokens: 2048,
    kvBlocks: 20_000,
    blockSize: 16,
    isSchedulingAhead: true,
  }
  const found = simulateFleet({
    requests: asked,
    replicas: 1,
    policy: 'least-outstanding',
    times: new StepTimes(profile),
    engine,
    seed: 1,
    isPrefixCaching: false,
  })
  return {
    name: 'made',
    profile,
    engine,
    requests: asked.map((one, at) => ({
      ...one,
      ttftMs: found.ttftMs[at] as number,
      tpotMs: found.tpotMs[at] as number,
      latencyMs: found.latencyMs[at] as number,
    })),
  }
}

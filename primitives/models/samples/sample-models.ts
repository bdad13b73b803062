import { createRandom } from '@heavylift/core/math'
import { startScriptedModelServer } from '../src/testing/scripted-model-server.ts'
import type { ModelScript, ScriptedModelServer } from '../src/testing/scripted-model-server.ts'

const words =
  'This answer comes from the sample of Heavylift and not from a model: its words are always these, at the pace of one that reads a prompt, writes a token at a time, and now and then fails as real ones do. '.split(
    / (?=\S)/,
  )
const firstTokenMs = { median: 220, sigma: 0.5 }
const betweenTokensMs = { least: 22, most: 44 }
const tokens = { least: 12, most: 90 }
/** Of the requests: refused with an error, and broken off in the middle. */
const failing = 0.03
const cutting = 0.01

/** Servers on loopback that answer by script, with the delays and the faults of real ones. The same seed, the same answers. */
export function startSampleServers(count: number, seed: number): Promise<ScriptedModelServer[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const random = createRandom(seed + index)
      return startScriptedModelServer((): ModelScript => {
        if (random.chance(failing)) return { status: 500, deltas: [], firstDelayMs: 80 }
        const length = random.int(tokens.least, tokens.most)
        return {
          deltas: Array.from({ length }, (_, at) => `${words[at % words.length]} `),
          promptTokens: Math.round(300 * Math.exp(random.normal())),
          firstDelayMs: firstTokenMs.median * Math.exp(firstTokenMs.sigma * random.normal()),
          delayMs: random.int(betweenTokensMs.least, betweenTokensMs.most),
          ending: random.chance(cutting) ? 'cut-hard' : 'whole',
        }
      })
    }),
  )
}

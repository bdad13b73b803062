import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { evidentKinds } from '../domain/kinds.ts'
import { sources } from '../domain/evidence.ts'
import { bucketCount } from './hashed-features.ts'
import type { Combination, Rests } from './combine.ts'
import type { LinearKinds } from './linear-kinds.ts'

/** Everything that a decision depends on beside its documents. */
export interface KindModel {
  /** Changes with every learning; it stands in the ledger beside each decision. */
  version: string
  linear: LinearKinds
  combination: Combination
  /** A decision less sure than the one that holds for it asks the customer. From lists that were held out, for an error of at most 2 %. */
  thresholds: Record<Rests, number>
  /** Of each list that was held out, by how much its share of right decisions was above (or, negative, below) how sure they were in the mean; rising. Empty where answers or a person told what a list holds. */
  listGaps: readonly number[]
}

const stored = z.strictObject({
  version: z.string(),
  kinds: z.array(z.string()),
  buckets: z.literal(bucketCount),
  scale: z.number().positive(),
  /** Weights as signed bytes of `scale`, deflated, in base64. */
  weights: z.string(),
  priors: z.object({ named: z.array(z.number()), unnamed: z.array(z.number()) }),
  trust: z.partialRecord(z.enum(sources), z.object({ reliability: z.number(), gain: z.number() })),
  halfLifeDays: z.number(),
  temperature: z.number(),
  thresholds: z.object({ rows: z.number(), documents: z.number() }),
  listGaps: z.array(z.number()),
})

/** The model as JSON; weights keep eight bits. */
export function storeModel(model: KindModel): string {
  const { linear, combination, thresholds, listGaps, version } = model
  const most = linear.weights.reduce((high, weight) => Math.max(high, Math.abs(weight)), 1e-6)
  const scale = most / 127
  const bytes = Int8Array.from(linear.weights, (weight) => Math.round(weight / scale))
  const content: z.input<typeof stored> = {
    version,
    kinds: [...evidentKinds],
    buckets: bucketCount,
    scale,
    weights: deflateRawSync(bytes, { level: 9 }).toString('base64'),
    priors: { named: [...combination.priors.named], unnamed: [...combination.priors.unnamed] },
    trust: combination.trust,
    halfLifeDays: combination.halfLifeDays,
    temperature: combination.temperature,
    thresholds,
    listGaps: listGaps.map((gap) => Math.round(gap * 1000) / 1000),
  }
  return `${JSON.stringify(content)}\n`
}

/** Throws (zod) when the JSON is no model, or one of other kinds. */
export function loadModel(json: string): KindModel {
  const content = stored.parse(JSON.parse(json))
  if (content.kinds.join() !== evidentKinds.join())
    throw new RangeError(
      'The weights are of other kinds: learn them again with `heavylift address train-kind`.',
    )
  const bytes = inflateRawSync(Buffer.from(content.weights, 'base64'))
  const width = content.kinds.length
  const weights = new Float32Array(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length))
  for (let at = 0; at < weights.length; at++) weights[at]! *= content.scale
  const usual = { reliability: 0.8, gain: 1 }
  return {
    version: content.version,
    linear: { width, weights },
    combination: {
      priors: {
        named: Float64Array.from(content.priors.named),
        unnamed: Float64Array.from(content.priors.unnamed),
      },
      trust: Object.fromEntries(
        sources.map((source) => [source, content.trust[source] ?? usual]),
      ) as Combination['trust'],
      halfLifeDays: content.halfLifeDays,
      temperature: content.temperature,
    },
    thresholds: content.thresholds,
    listGaps: content.listGaps,
  }
}

export const weightsFile = join(import.meta.dirname, '../../weights/kind.json')

let committed: KindModel | undefined

/** The model that comes with the project, read once. */
export function committedModel(): KindModel {
  committed ??= loadModel(readFileSync(weightsFile, 'utf8'))
  return committed
}

import { z } from 'zod'
import { runResultSchema } from '../run/run-schema.ts'
import { agentKinds } from '../../world/scene/agent-table.ts'
import type { RoadMap } from '../../world/scene/road-map.ts'
import type { Recording } from './recording.ts'

const kind = z.enum(agentKinds)
const failure = z.object({
  criterion: z.string(),
  timeS: z.number(),
  detail: z.string(),
  fault: z.enum(['own', 'other']).exactOptional(),
})

const explanation = z.object({
  sensors: z.array(
    z.object({
      sensor: z.string(),
      kind: z.enum(['camera', 'lidar', 'radar', 'thermal', 'microphone']),
      x: z.number(),
      y: z.number(),
      heading: z.number(),
      fieldOfViewRad: z.number(),
      rangeM: z.number(),
    }),
  ),
  detections: z.array(z.object({ sensor: z.string(), x: z.number(), y: z.number() })),
  tracks: z.array(
    z.object({
      id: z.number(),
      kind,
      x: z.number(),
      y: z.number(),
      heading: z.number(),
      speedMps: z.number(),
      lengthM: z.number(),
      widthM: z.number(),
      covariance: z.tuple([z.number(), z.number(), z.number()]),
      existence: z.number(),
    }),
  ),
  predictions: z.array(
    z.object({
      track: z.number(),
      probability: z.number(),
      stepS: z.number(),
      points: z.array(z.number()),
    }),
  ),
  plans: z.array(
    z.object({
      points: z.array(z.number()),
      stepS: z.number(),
      score: z.number(),
      isChosen: z.boolean(),
    }),
  ),
  interventions: z.array(z.string()),
})

/** A `Recording` that comes from outside. */
export const recordingSchema = z.object({
  name: z.string().max(200),
  version: z.string().max(200),
  stepS: z.number().positive(),
  ego: z.int().min(0),
  environment: z.object({
    illuminanceLux: z.number(),
    visualRangeM: z.number(),
    precipitation: z.enum(['none', 'rain', 'snow']),
    precipitationMmPerH: z.number(),
    friction: z.number(),
  }),
  agents: z
    .array(
      z.object({
        name: z.string(),
        kind,
        lengthM: z.number(),
        widthM: z.number(),
        heightM: z.number(),
      }),
    )
    .min(1),
  signals: z.array(z.object({ id: z.string(), x: z.number(), y: z.number(), heading: z.number() })),
  route: z.array(z.number()),
  frames: z
    .array(
      z.object({
        timeS: z.number(),
        agents: z.array(z.number()),
        signals: z.array(z.number()),
        explanation: explanation.nullable(),
      }),
    )
    .min(1),
  failures: z.array(failure),
}) satisfies z.ZodType<Recording>

/** The roads of a recording. */
export const roadMapSchema = z.object({
  lanes: z.array(z.object({ type: z.string(), isInJunction: z.boolean(), outline: z.array(z.number()) })),
  lines: z.array(z.object({ kind: z.enum(['edge', 'centre', 'lane']), points: z.array(z.number()) })),
  objects: z.array(
    z.object({
      type: z.string(),
      x: z.number(),
      y: z.number(),
      heading: z.number(),
      lengthM: z.number(),
      widthM: z.number(),
    }),
  ),
}) satisfies z.ZodType<RoadMap>

/** A recorded run with its roads; what was sent in has no result. */
export const recordedRunSchema = z.object({
  recording: recordingSchema,
  map: roadMapSchema,
  result: runResultSchema.exactOptional(),
})

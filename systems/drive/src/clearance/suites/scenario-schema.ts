import { z } from 'zod'
import { agentKinds } from '../../world/scene/agent-table.ts'
import { roadMapSchema } from '../recordings/recording-schema.ts'
import type { ScenarioParameter } from './library/built-in-scenario.ts'
import type { ScenarioPreview } from './preview.ts'
import type { ScenarioCase } from './scenario-case.ts'

export const scenarioCaseSchema = z.object({
  id: z.string(),
  scenarioClass: z.string(),
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('builtIn'), name: z.string() }),
    z.object({ kind: z.literal('file'), path: z.string() }),
  ]),
  parameters: z.record(z.string(), z.union([z.number(), z.string()])),
  seed: z.number(),
  weight: z.number(),
}) satisfies z.ZodType<ScenarioCase>

/** A built-in scenario without what builds it. */
export const scenarioSchema = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  scenarioClass: z.string(),
  parameters: z.array(
    z.object({
      name: z.string(),
      unit: z.string(),
      summary: z.string(),
      default: z.number(),
      min: z.number(),
      max: z.number(),
      step: z.number().exactOptional(),
    }) satisfies z.ZodType<ScenarioParameter>,
  ),
})

/** Metres and radians; a way is x, y, x, y, … */
export const previewSchema = z.object({
  map: roadMapSchema,
  ego: z.number(),
  agents: z.array(
    z.object({
      kind: z.enum(agentKinds),
      x: z.number(),
      y: z.number(),
      heading: z.number(),
      lengthM: z.number(),
      widthM: z.number(),
      hasSiren: z.boolean(),
      way: z.array(z.number()),
    }),
  ),
}) satisfies z.ZodType<ScenarioPreview>

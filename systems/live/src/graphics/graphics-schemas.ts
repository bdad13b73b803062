import { z } from 'zod'

/** A field of a graphic's data: JSON Schema with GDD types (Graphics Data Definition), as far as forms need it. */
export interface DataField {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  title?: string | undefined
  default?: unknown
  enum?: string[] | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  gddType?: string | undefined
  gddOptions?: { labels?: Record<string, string> | undefined } | undefined
  order?: number | undefined
  items?: DataField | undefined
  properties?: Record<string, DataField> | undefined
}

const dataFieldSchema: z.ZodType<DataField, DataField> = z.lazy(() =>
  z.object({
    type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object']),
    title: z.string().optional(),
    default: z.unknown().optional(),
    enum: z.array(z.string()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    gddType: z.string().optional(),
    gddOptions: z.object({ labels: z.record(z.string(), z.string()).optional() }).optional(),
    order: z.number().optional(),
    items: dataFieldSchema.optional(),
    properties: z.record(z.string(), dataFieldSchema).optional(),
  }),
)

const dataSchemaSchema = z.object({
  type: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), dataFieldSchema),
})
export type DataSchema = z.infer<typeof dataSchemaSchema>

/** Where and how long a graphic stands when nobody but the insights drives it. */
const graphicPlaceSchema = z.object({
  sport: z.enum(['nfl', 'nba', 'race', 'any']),
  /** Two graphics of one region never stand at once. */
  region: z.string(),
  /** How long it stays after the last important insight. */
  holdMs: z.number(),
})

/** What this project reads of an OGraf manifest. The whole of it is checked in tests. */
const graphicManifestSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  main: z.string(),
  stepCount: z.number().optional(),
  customActions: z
    .array(z.object({ id: z.string(), name: z.string(), schema: dataSchemaSchema.nullable().optional() }))
    .optional(),
  schema: dataSchemaSchema.extend({ examples: z.array(z.record(z.string(), z.unknown())) }),
  /** Pictures of the graphic, beside its manifest. */
  thumbnails: z.array(
    z.object({ file: z.string(), resolution: z.object({ width: z.number(), height: z.number() }) }),
  ),
  v_heavylift: graphicPlaceSchema,
})
export type GraphicManifest = z.infer<typeof graphicManifestSchema>

export const graphicListingSchema = z.object({
  /** Folder and file name, e.g. `burn-bar`. */
  id: z.string(),
  manifest: graphicManifestSchema,
})
export type GraphicListing = z.infer<typeof graphicListingSchema>

const cueSchema = z.object({
  graphic: z.string(),
  data: z.record(z.string(), z.unknown()).nullable(),
  step: z.number(),
})

/** A layer as it is told: `LayerState` with its state in one word. */
export const layerSchema = z.object({
  layer: z.string(),
  program: cueSchema.nullable(),
  preview: cueSchema.nullable(),
  isAuto: z.boolean(),
  revision: z.number(),
  state: z.enum(['off', 'preview', 'on-air']),
})
export type Layer = z.infer<typeof layerSchema>

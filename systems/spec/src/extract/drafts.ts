import type { Field } from '../facts/shape.ts'
import type { Site } from '../resolve/values.ts'

/** A model before its evidence is read. */
export interface ModelDraft {
  name: string
  fields: Field[]
  /** It has more than these. */
  isPart: boolean
  site: Site
}

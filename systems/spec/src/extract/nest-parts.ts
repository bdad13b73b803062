import type { Annotation } from '../resolve/annotations.ts'

/** What the body of a handler is, where a decorator that reads its parts stands on it (nestjs-form-data, README); null else. */
export const partsTaken = (annotations: readonly Annotation[]): string | null =>
  annotations.some(({ path }) => path === 'nestjs-form-data.FormDataRequest') ? 'multipart/form-data' : null

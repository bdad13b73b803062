/** Parts of a file of which nobody has said what they hold. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text or a number as text, all else as `otherwise`. */
export const text = (value: unknown, otherwise = ''): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : otherwise

export const record = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {})

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

/** The objects of a list. */
export const records = (value: unknown): Record<string, unknown>[] => list(value).filter(isObject)

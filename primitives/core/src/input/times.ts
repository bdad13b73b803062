import { z } from 'zod'

/** The last millisecond of the year 9999: what four digits of a year hold. */
export const latestTimeMs = 253_402_300_799_999

/** Milliseconds since the epoch in a query or a body, within what dates and databases hold (until the year 9999). */
export const timeMsInput = z.coerce.number().int().min(0).max(latestTimeMs)

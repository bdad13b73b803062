import { z } from 'zod'

/** Version of the protocol below. It changes only when a program written for the one before would break. */
export const protocolVersion = 1

/** A number that an answer may give. */
const finite = z.number().refine(Number.isFinite)

/** What a program answers to `start` once it is ready. */
export const readySchema = z.object({ type: z.literal('ready') })

/** What a program answers to `step`. */
export const commandSchema = z.object({
  type: z.literal('command'),
  accelerationMps2: finite,
  frontSteerRad: finite,
  rearSteerRad: finite.default(0),
})

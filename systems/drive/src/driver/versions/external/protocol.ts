import { z } from 'zod'

/** Version of the protocol. It changes only when a program written for the one before would break. */
export const protocolVersion = 2

export const encodings = ['json', 'binary'] as const

/** What is said first, as a line of JSON. */
export const hello = { type: 'hello', protocol: protocolVersion, encodings }

/** What a program answers to it, as a line too; all that follows is in the encoding that it names. */
export const readySchema = z.object({
  type: z.literal('ready'),
  protocol: z.literal(protocolVersion).optional(),
  encoding: z.enum(encodings).default('json'),
})

/** The head of a binary answer: why it cannot drive a case, by the case's number. */
export const answerHeadSchema = z.object({ errors: z.record(z.string(), z.string()).default({}) })

/** JSON has no NaN: a command that is no number is null. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN)

/** An answer as a line of JSON: for every case of the frame what to do, or why it cannot say. */
export const answerSchema = z.object({
  frame: z.number(),
  commands: z.array(
    z.union([
      z.object({
        case: z.number(),
        accelerationMps2: number,
        frontSteerRad: number,
        rearSteerRad: number.default(0),
      }),
      z.object({ case: z.number(), error: z.string() }),
    ]),
  ),
})

/** Numbers of a command in a binary answer: case, acceleration, front and rear wheels. */
export const commandLength = 4

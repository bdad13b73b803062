import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

const callerSchema = z.object({
  name: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Roles and rights that it has, as the spec names them. */
  roles: z.array(z.string()).default([]),
})

/**
 * What a person gives so that claims can be tried against a running service: who may call, the most privileged first, and what is there.
 */
export const meansSchema = z.object({
  callers: z.array(callerSchema).default([]),
  /** Of parameters by name, or by operation and name (`GET /loans/{loanId} loanId`): keys of things that are there. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** Bodies that fit, by operation (`POST /loans`); the others are made of what the spec says. */
  bodies: z.record(z.string(), z.unknown()).default({}),
  /** Operations that are not to be called. */
  leaveOut: z.array(z.string()).default([]),
})

export type Means = z.output<typeof meansSchema>
export type Caller = z.output<typeof callerSchema>

/** @throws InvalidInputError `means-invalid` */
export function readMeans(text: string): Means {
  const read = meansSchema.safeParse(parsed(text))
  if (read.success) return read.data
  throw new InvalidInputError({
    code: 'means-invalid',
    message: `This does not say with what claims are to be tried (callers, values, bodies, leaveOut): ${z.prettifyError(read.error)}`,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

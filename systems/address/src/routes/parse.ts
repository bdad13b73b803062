import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AddressContext } from '../context.ts'
import { fineLabels } from '../domain/labels.ts'
import { addressForms } from '../domain/parsed-address.ts'
import { standardFields } from '../domain/standard-address.ts'
import { parseAddress } from '../parse/parse-address.ts'
import { standardize } from '../standardize/standardize.ts'

const span = { start: z.int(), end: z.int(), text: z.string() }

const parsed = z.object({
  input: z.string(),
  form: z.enum(addressForms),
  tokens: z.array(z.object({ ...span, label: z.enum(fineLabels) })),
  parts: z.partialRecord(z.enum(fineLabels), z.string()),
  confidence: z.number(),
})

const standard = z.object({
  form: z.enum(addressForms),
  lines: z.array(z.string()),
  deliveryLine: z.string(),
  lastLine: z.string(),
  fields: z.partialRecord(z.enum(standardFields), z.string()),
  changes: z.array(z.object({ ...span, to: z.string(), rule: z.string(), explanation: z.string() })),
})

export const parseRoutes = (_context: AddressContext) => [
  route({
    method: 'post',
    path: '/parse',
    summary:
      'Parses US addresses and puts them into the forms of USPS Publication 28, with what was changed and why.',
    access: 'operator',
    body: z.object({ addresses: z.array(z.string().max(1000)).min(1).max(1000) }),
    response: z.object({ addresses: z.array(z.object({ parsed, standard })) }),
    handle: ({ body }) => ({
      addresses: body.addresses.map((text) => {
        const one = parseAddress(text)
        return { parsed: one, standard: standardize(one) }
      }),
    }),
  }),
]

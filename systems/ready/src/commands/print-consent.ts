import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { z } from 'zod'
import { consentPath } from '../load/target.ts'
import { consentLine } from '../safety/consent-line.ts'

const weekMs = 7 * 86_400_000
const longestMs = 366 * 86_400_000

/** `heavylift ready consent HOST`. */
export async function printConsent({
  args,
  options,
  config,
  print,
}: Pick<CommandInput, 'args' | 'options' | 'config' | 'print'>) {
  const { consentToken } = z.looseObject({ consentToken: z.string().nullable() }).parse(config?.('ready'))
  if (consentToken === null)
    throw new InvalidInputError({
      code: 'consent-no-secret',
      message:
        'Set ready.consentToken (16 characters or more, kept secret) first; consents are made from it.',
    })
  const host = args['host'] ?? ''
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null
  if (url === null || url.host !== host.toLowerCase())
    throw new InvalidInputError({
      code: 'consent-host',
      message: `"${host}" is no host with its port, such as shop.example:8080.`,
    })
  const until = z.iso
    .date()
    .safeParse(options['until'] ?? new Date(Date.now() + weekMs).toISOString().slice(0, 10))
  if (!until.success || Date.parse(until.data) > Date.now() + longestMs)
    throw new InvalidInputError({
      code: 'consent-until',
      message: 'Give a day as YYYY-MM-DD, at most a year from now.',
    })
  const line = consentLine(consentToken, host, until.data)
  print(line)
  print(`Serve this line at http://${host}${consentPath}. Take it away to withdraw.`)
  return { line, path: consentPath, host, until: until.data }
}

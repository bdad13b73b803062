import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { extractFacts } from '../extract/extract-facts.ts'
import { factsPath, parseAgreed } from '../facts/agreed-facts.ts'
import { askService, openService, playCollection } from '../verify/ask-service.ts'
import { readMeans } from '../verify/means.ts'
import { readHar, readOtlp } from '../verify/observation.ts'
import { readPostman } from '../verify/postman.ts'
import { isDenied, sayTried } from '../verify/say-tried.ts'
import { tryClaims } from '../verify/try-claims.ts'
import { verify } from '../verify/verify.ts'

/** `heavylift spec verify`: exit 0 where nothing that was seen contradicts the spec, 5 where something does. */
export async function runVerify({
  args,
  options,
  report,
  print,
  signal,
}: Pick<CommandInput, 'args' | 'options' | 'report' | 'print' | 'signal'>) {
  const root = resolve(args.path ?? '.')
  const agreed = await readFile(join(root, factsPath), 'utf8').catch(() => null)
  const { facts } = agreed === null ? (await extractFacts(root, report, signal)).set : parseAgreed(agreed)
  const { url, har, traces, postman, claims } = options
  if (typeof url !== 'string' && typeof har !== 'string' && typeof traces !== 'string')
    throw new InvalidInputError({
      code: 'nothing-to-verify-by',
      message:
        'Say what is to be laid beside the spec: --url of a running service, --har or --traces with a file.',
    })
  if (typeof postman === 'string' && typeof url !== 'string')
    throw new InvalidInputError({
      code: 'collection-without-service',
      message: 'A collection is played against a running service: give its address with --url.',
    })
  if (typeof claims === 'string') {
    if (typeof url !== 'string')
      throw new InvalidInputError({
        code: 'claims-without-service',
        message: 'Claims are tried against a running service: give its address with --url.',
      })
    const means = readMeans(await readFile(resolve(claims), 'utf8'))
    const tried = await tryClaims(await openService(url, signal), facts, means, report)
    for (const line of sayTried(tried)) print(line)
    return {
      verdict: isDenied(tried) ? ('no' as const) : ('yes' as const),
      seen: tried.claims.filter(({ answer }) => answer !== null).length,
      leftOut: [],
      statuses: [],
      unknown: [],
      ...tried,
    }
  }
  const played =
    typeof postman === 'string' && typeof url === 'string'
      ? await playCollection(
          url,
          readPostman(await readFile(resolve(postman), 'utf8')),
          variablesOf(options.vars),
          report,
          signal,
        )
      : null
  for (const { name, why } of played?.leftOut ?? []) print(`no answer    ${name}: ${why}`)
  const seen = [
    ...(played ? played.seen : typeof url === 'string' ? await askService(url, facts, report, signal) : []),
    ...(typeof har === 'string' ? readHar(await readFile(resolve(har), 'utf8')) : []),
    ...(typeof traces === 'string' ? readOtlp(await readFile(resolve(traces), 'utf8')) : []),
  ]
  const { statuses, unknown } = verify(facts, seen)
  for (const { requirement, status, verdict, times } of statuses)
    if (verdict !== 'not observed')
      print(`${verdict.padEnd(12)} ${requirement} answers ${status} (${times} times)`)
  for (const { method, path, status } of unknown) print(`not in spec  ${method} ${path} answers ${status}`)
  const count = (verdict: string) => statuses.filter((one) => one.verdict === verdict).length
  print(
    `${seen.length} answers: ${count('observed')} statuses observed, ${count('contradicted')} contradicted, ${count('not observed')} not observed; ${unknown.length} requests that the spec has not.`,
  )
  const isGood = count('contradicted') + unknown.length === 0
  return {
    verdict: isGood ? ('yes' as const) : ('no' as const),
    seen: seen.length,
    leftOut: played?.leftOut ?? [],
    statuses,
    unknown,
    claims: [],
    untold: [],
  }
}

/** `A=1,B=2` */
function variablesOf(given: string | boolean | undefined): Record<string, string> {
  if (typeof given !== 'string') return {}
  return Object.fromEntries(
    given.split(',').map((one) => {
      const at = one.indexOf('=')
      if (at > 0) return [one.slice(0, at).trim(), one.slice(at + 1)]
      throw new InvalidInputError({
        code: 'variable-invalid',
        message: `"${one}" is no variable: write NAME=VALUE, several with commas between.`,
      })
    }),
  )
}

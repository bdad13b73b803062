import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { factsPath } from '../check/check-spec.ts'
import { extractFacts } from '../extract/extract-facts.ts'
import { parseFactSet } from '../facts/fact-set.ts'
import { askService } from '../verify/ask-service.ts'
import { readHar, readOtlp } from '../verify/observation.ts'
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
  const { facts } = agreed === null ? (await extractFacts(root, report, signal)).set : parseFactSet(agreed)
  const { url, har, traces } = options
  if (typeof url !== 'string' && typeof har !== 'string' && typeof traces !== 'string')
    throw new InvalidInputError({
      code: 'nothing-to-verify-by',
      message:
        'Say what is to be laid beside the spec: --url of a running service, --har or --traces with a file.',
    })
  const seen = [
    ...(typeof url === 'string' ? await askService(url, facts, report, signal) : []),
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
  return { verdict: isGood ? ('yes' as const) : ('no' as const), seen: seen.length, statuses, unknown }
}

import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { parse as parseYaml } from 'yaml'
import { lensSchema, readyLens } from '../review/lens.ts'
import type { Lens } from '../review/lens.ts'
import { Repository } from '../review/repository.ts'
import { passes, review } from '../review/review.ts'
import { answersOf } from '../review/reviews.ts'
import { reviewJunit, reviewSarif } from '../review/write-review.ts'
import { allowTarget, isLoopback } from '../load/target.ts'

/** `heavylift ready review PATH`: exit 0 where no high risk is left, 5 where one is. */
export async function runReview({ args, options, print }: Pick<CommandInput, 'args' | 'options' | 'print'>) {
  const root = resolve(args['path'] ?? '.')
  const found = await review(await lensOf(options['lens']), await answersOf(root), {
    repository: new Repository(root),
    measured: { gameDay: null, load: null },
    ask: typeof options['server'] === 'string' ? await askServer(options['server']) : null,
    nowMs: Date.now(),
  })
  if (typeof options['sarif'] === 'string') await writeFile(resolve(options['sarif']), reviewSarif(found))
  if (typeof options['junit'] === 'string') await writeFile(resolve(options['junit']), reviewJunit(found))
  for (const one of found.results)
    if (one.state !== 'ok' && one.state !== 'not-applicable')
      print(
        `${one.state.padEnd(6)} ${one.risk.padEnd(6)} ${one.id}: ${one.question} ${one.evidence} Owner: ${one.owner}.`,
      )
  const { ok, risk, open, waived } = found.counts
  print(`${ok} settled, ${risk} risks, ${open} not answered, ${waived} waived.`)
  return { verdict: passes(found) ? ('yes' as const) : ('no' as const), ...found }
}

async function lensOf(file: string | boolean | undefined): Promise<Lens> {
  if (typeof file !== 'string') return readyLens()
  const found = lensSchema.safeParse(parseYaml(await readFile(resolve(file), 'utf8'), { maxAliasCount: 100 }))
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new InvalidInputError({
    code: 'lens-invalid',
    message: `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}.`,
  })
}

/** Only this machine is asked; nothing is followed. */
async function askServer(address: string) {
  const target = await allowTarget(address, null, () => Promise.resolve(null))
  if (!isLoopback(target.host))
    throw new InvalidInputError({ code: 'target-refused', message: 'Give an address of this machine.' })
  return (path: string) =>
    fetch(`http://${target.authority}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(5000) })
}

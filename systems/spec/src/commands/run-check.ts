import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { acceptDrift, checkSpec } from '../check/check-spec.ts'
import { readOtherwise } from '../check/read-otherwise.ts'
import { unshownClaims } from '../check/unshown-claims.ts'
import { githubAction, sayDrift, writeJunit, writeSarif } from '../drift/reports.ts'
import { git } from '../plan/git.ts'

/** `heavylift spec check`: exit 0 where code and spec agree, 5 where they drifted. */
export async function runCheck({
  args,
  options,
  report,
  print,
  signal,
}: Pick<CommandInput, 'args' | 'options' | 'report' | 'print' | 'signal'>) {
  if (options.action === true) {
    print(githubAction.trimEnd())
    return { verdict: 'yes' as const }
  }
  const root = resolve(args.path ?? '.')
  const head = await git(root, ['rev-parse', 'HEAD'], signal).catch(() => '')
  const commit = head.trim()
  if (options.accept === true) {
    const by =
      typeof options.by === 'string'
        ? options.by
        : await git(root, ['config', 'user.name'], signal).catch(() => '')
    if (by.trim() === '')
      throw new InvalidInputError({ code: 'accept-by-whom', message: 'Say who accepts it: --by NAME.' })
    const drifts = await acceptDrift(
      root,
      { by: by.trim(), commit, at: new Date().toISOString() },
      report,
      signal,
    )
    for (const drift of drifts) print(sayDrift(drift))
    print(
      `Accepted by ${by.trim()}${commit === '' ? '' : ` at ${commit.slice(0, 12)}`}: ${drifts.length} drifts.`,
    )
    return { verdict: 'yes' as const, accepted: drifts }
  }
  const { drifts, moved, requirements, now } = await checkSpec(root, report, signal, {
    keep: options.keep === true,
  })
  if (typeof options.sarif === 'string') await writeFile(resolve(options.sarif), writeSarif(drifts, '0.1.0'))
  if (typeof options.junit === 'string')
    await writeFile(resolve(options.junit), writeJunit(requirements, drifts))
  const isOfClaims = options.claims === true
  const { claims, unshown } = await unshownClaims(root, now.facts, signal)
  for (const drift of drifts) print(sayDrift(drift))
  print(
    drifts.length === 0
      ? `${unshown.length === 0 || isOfClaims ? 'Code and spec agree' : 'The code does what was agreed'}: ${requirements.length} requirements${moved > 0 ? `, evidence of ${moved} facts moved` : ''}.`
      : `${drifts.length} drifts${commit === '' ? '' : ` at ${commit.slice(0, 12)}`}. Mend the code, or accept them with --accept --by NAME.`,
  )
  const reread = await readOtherwise(root, { drifts, now }, report, signal)
  if (reread !== null && reread.drifts.length > 0)
    print(
      `${reread.drifts.length} of them come of how code is read, not of the code: what was agreed at ${reread.commit.slice(0, 12)} is read so too by this version of Heavylift. Accept them: ${[...new Set(reread.drifts.map(({ requirement }) => requirement))].join(', ')}.`,
    )
  if (isOfClaims)
    for (const { path, requirement, sentence } of unshown)
      print(`not shown by the code: ${path}: ${requirement}\n  ${sentence}`)
  if (isOfClaims || unshown.length > 0)
    print(
      `${claims - unshown.length} of ${claims} sentences of the spec follow from the code.${unshown.length === 0 ? '' : isOfClaims ? ' `heavylift spec write` amends those that we wrote.' : ' `heavylift spec check --claims` names the others, and fails by them.'}`,
    )
  const isGood = drifts.length + (isOfClaims ? unshown.length : 0) === 0
  return { verdict: isGood ? ('yes' as const) : ('no' as const), commit, drifts, moved, claims, unshown }
}

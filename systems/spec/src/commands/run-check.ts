import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { acceptFacts, checkSpec } from '../check/check-spec.ts'
import { readOtherwise } from '../check/read-otherwise.ts'
import { unshownClaims } from '../check/unshown-claims.ts'
import { putTogether } from '../drift/common-drifts.ts'
import { isNote } from '../drift/compare-facts.ts'
import { githubAction, sayDrifts, saySettled, writeJunit, writeSarif } from '../drift/reports.ts'
import { extractFacts } from '../extract/extract-facts.ts'
import { readingsOf } from '../extract/kept-facts.ts'
import { git } from '../plan/git.ts'
import { sayElsewhere, sayUnseen, sayUnshown, sayVerdict } from './say-check.ts'

/** `heavylift spec check`: exit 0 where code and spec agree, 5 where they drifted. */
export async function runCheck({
  args,
  options,
  report,
  print,
  signal,
  dataDir,
}: Pick<CommandInput, 'args' | 'options' | 'report' | 'print' | 'signal'> &
  Partial<Pick<CommandInput, 'dataDir'>>) {
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
    const { set } = await extractFacts(root, report, signal, readingsOf(dataDir))
    const drifts = await acceptFacts(
      root,
      { by: by.trim(), commit, at: new Date().toISOString() },
      set,
      signal,
    )
    for (const line of sayDrifts(drifts)) print(line)
    print(
      `Accepted by ${by.trim()}${commit === '' ? '' : ` at ${commit.slice(0, 12)}`}: ${plural(putTogether(drifts).length, 'drift')}.`,
    )
    const { unshown } = await unshownClaims(root, set.facts, signal)
    const stale = unshown.filter(({ sentence }) => drifts.some(({ before }) => before === sentence)).length
    if (stale > 0)
      print(
        `The spec still has ${plural(stale, 'sentence')} of what was. \`heavylift spec write\` writes what is.`,
      )
    return { verdict: 'yes' as const, accepted: drifts }
  }
  const {
    drifts: all,
    settled,
    elsewhere,
    moved,
    isRewritten,
    requirements,
    now,
  } = await checkSpec(root, report, signal, {
    keep: options.keep === true,
    ...readingsOf(dataDir),
  })
  // Other code that may do the same fails no check, unless it is asked to.
  const drifts = options.strict === true ? all : all.filter((one) => !isNote(one))
  if (typeof options.sarif === 'string') await writeFile(resolve(options.sarif), writeSarif(all, '0.1.0'))
  if (typeof options.junit === 'string')
    await writeFile(resolve(options.junit), writeJunit(requirements, drifts))
  const isOfClaims = options.claims === true
  const { claims, unshown } = await unshownClaims(root, now.facts, signal)
  for (const line of sayDrifts(all)) print(line)
  for (const drift of settled) print(saySettled(drift))
  if (isOfClaims) for (const line of sayUnshown(unshown)) print(line)
  const at = commit === '' ? '' : ` at ${commit.slice(0, 12)}`
  const figures = {
    drifts: putTogether(drifts).length,
    unsaid: putTogether(all).length - putTogether(drifts).length,
    settled: settled.length,
    moved,
    isRewritten,
    claims,
    unshown,
    isOfClaims,
    at,
  }
  for (const line of sayVerdict({ operations: requirements.length, ...figures })) print(line)
  for (const line of sayElsewhere(elsewhere)) print(line)
  for (const line of sayUnseen(now)) print(line)
  const reread = await readOtherwise(root, { drifts: all, now }, report, signal)
  if (reread !== null && reread.drifts.length > 0)
    print(
      `${reread.drifts.length} of them come of how code is read, not of the code: what was agreed at ${reread.commit.slice(0, 12)} is read so too by this version of Heavylift. Accept them: ${[...new Set(reread.drifts.map(({ requirement }) => requirement))].join(', ')}.`,
    )
  // A check that sees nothing passes nothing.
  const isGood = now.facts.length > 0 && drifts.length + (isOfClaims ? unshown.length : 0) === 0
  return {
    verdict: isGood ? ('yes' as const) : ('no' as const),
    commit,
    drifts: all,
    settled,
    elsewhere,
    moved,
    claims,
    unshown,
  }
}

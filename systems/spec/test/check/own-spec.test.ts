import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkSpec } from '../../src/check/check-spec.ts'
import { unshownClaims } from '../../src/check/unshown-claims.ts'
import { tokenHash } from '../../src/facts/token-hash.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

// `npm run spec:accept` writes the spec and takes it for agreed, where routes were changed on purpose.
test('the HTTP surface of Heavylift is what its own spec says, and every sentence follows from lines that are there [SPEC-OWN-01]', async () => {
  const { signal } = new AbortController()
  const { drifts, now } = await checkSpec(root, () => undefined, signal, { keep: true })
  expect(
    drifts.map(({ kind, requirement, before, after }) => ({ kind, requirement, before, after })),
  ).toEqual([])
  const { claims, unshown } = await unshownClaims(root, now.facts, signal)
  expect(unshown).toEqual([])
  expect(claims).toBeGreaterThan(now.facts.length / 2)
  for (const path of new Set(now.facts.flatMap(({ evidence }) => evidence.map((one) => one.path)))) {
    const content = await readFile(join(root, path))
    for (const { evidence } of now.facts)
      for (const one of evidence.filter((each) => each.path === path))
        expect(tokenHash(content.subarray(one.startByte, one.endByte).toString('utf8'), false)).toBe(
          one.tokenHash,
        )
  }
}, 60_000)

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { runAnswerRounds } from '../../src/benches/crash/answer-rounds.ts'

/** A server that is killed while it answers, at moments drawn from `seed`: no acknowledged message is lost or kept twice. */
export async function answerThroughKills(rounds: number, seed: number): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'heavylift-answers-'))
  // As root PostgreSQL runs as another user, who has to enter.
  await chmod(home, 0o755)
  try {
    const signal = AbortSignal.timeout(120_000 + rounds * 50_000)
    const result = await runAnswerRounds({ home, rounds, seed, report: () => undefined, signal })
    expect(result).toMatchObject({ answersLost: 0, messagesTwice: 0 })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runAnswerRounds } from '../../src/benches/crash/answer-rounds.ts'

/** `heavylift bench shop.crash` runs fifty. */
const rounds = Number(process.env['HEAVYLIFT_CRASH_ROUNDS'] ?? 1)

test(
  'a server killed while it answers loses no message that it acknowledged, and answers after the restart',
  { timeout: 180_000 },
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'heavylift-answers-'))
    // As root PostgreSQL runs as another user, who has to enter.
    await chmod(home, 0o755)
    try {
      const signal = AbortSignal.timeout(170_000)
      const result = await runAnswerRounds({ home, rounds, seed: 2, report: () => undefined, signal })
      expect(result).toMatchObject({ answersLost: 0, messagesTwice: 0 })
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  },
)

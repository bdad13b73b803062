import { describe, expect, test } from 'vitest'
import { ActiveHealthChecks, type HealthTarget } from '../../src/routing/active-health-checks.ts'

/** A checker whose time stands until `tick`, which runs what is due next. */
function world(isWell: (url: string) => boolean) {
  const due: { atMs: number; callback: () => void }[] = []
  let nowMs = 0
  const asked: string[] = []
  const reports: string[] = []
  const checks = new ActiveHealthChecks({
    check: async ({ url }) => {
      asked.push(`${Math.round(nowMs)} ${url}`)
      return isWell(url)
    },
    later: (callback, ms) => {
      const entry = { atMs: nowMs + ms, callback }
      due.push(entry)
      return () => due.splice(due.indexOf(entry), 1)
    },
    random: () => 0.5,
  })
  return {
    checks,
    asked,
    reports,
    due,
    target: (url: string): HealthTarget => ({
      id: url,
      url,
      report: (isHealthy) => reports.push(`${url} ${isHealthy}`),
    }),
    tick: async (): Promise<void> => {
      due.sort((a, b) => a.atMs - b.atMs)
      const next = due.shift()
      nowMs = next?.atMs ?? nowMs
      next?.callback()
      await new Promise(setImmediate)
    },
  }
}

describe('active health checks', () => {
  test('mark an address down at the second failure and back at the first success [MODELS-BREAKER-04]', async () => {
    let isWell = false
    const { checks, target, tick, reports } = world(() => isWell)
    checks.watch([target('a')])
    await tick()
    expect(reports).toEqual([])
    await tick()
    expect(reports).toEqual(['a false'])
    await tick()
    isWell = true
    await tick()
    await tick()
    expect(reports).toEqual(['a false', 'a true'])
  })

  test('ask at the interval, and stop when the address is no longer watched', async () => {
    const { checks, target, tick, asked, due } = world(() => true)
    checks.watch([target('a')])
    await tick()
    await tick()
    expect(asked).toEqual(['2500 a', '7500 a'])
    checks.stop()
    expect(due).toEqual([])
  })

  test('tell new replicas of an address that is down', async () => {
    const { checks, target, tick, reports } = world(() => false)
    checks.watch([target('a')])
    await tick()
    await tick()
    checks.watch([target('a'), target('b')])
    expect(reports).toEqual(['a false', 'a false'])
  })

  test('ignore an answer that comes after the address was dropped', async () => {
    const { checks, target, tick, reports, due } = world((url) => {
      if (url === 'a') checks.stop()
      return false
    })
    checks.watch([target('a')])
    await tick()
    expect(reports).toEqual([])
    expect(due).toEqual([])
  })
})
